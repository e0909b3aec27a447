import type { AuthorityConfig, Person } from '@buergerkoffer/procedures/model';
import type { BzrAnfrage } from '@buergerkoffer/fachverfahren-xoev/xmeld';

/** A private Führungszeugnis for `holder`, sent to her own address; marked as a test, so nobody processes it. */
export function bzrAnfrageOf(holder: Person, config: AuthorityConfig, uuid: string, now: Date): BzrAnfrage {
  if (holder.address.kind !== 'germany') throw new Error('the demo lives in Germany');
  const { address } = holder;
  const postal = {
    strasse: address.street,
    ...(address.houseNumber === undefined ? {} : { hausnummer: address.houseNumber }),
    postleitzahl: address.postalCode,
    wohnort: address.city,
    ...(address.additional === undefined ? {} : { zusatzangaben: address.additional }),
  };
  const day = now.toISOString().slice(0, 10);
  const [, , street = '', town = ''] = config.letterhead;
  return {
    uuid,
    erstellungszeitpunkt: now.toISOString(),
    test: 'Demonstration',
    produkt: { name: 'Bürgerkoffer SDK', hersteller: 'Bürgerkoffer', version: '0.1.0' },
    autor: {
      kennung: config.dvdv.meldebehoerde,
      name: config.name,
      erreichbarkeit: [{ kanal: '01', kennung: 'buergeramt@musterstadt.example' }],
      anschrift: {
        art: 'gebaeude',
        strasse: street.replace(/ \d+$/, ''),
        hausnummer: /\d+$/.exec(street)?.[0] ?? '',
        postleitzahl: town.slice(0, 5),
        wohnort: town.slice(6),
      },
    },
    anfrageart: 'NB',
    datumAntragstellung: day,
    person: {
      familienname: holder.familyName,
      ...(holder.birthName === undefined ? {} : { geburtsname: holder.birthName }),
      vornamen: holder.givenNames,
      geburt: { ort: holder.birth.place, datum: { jahrMonatTag: holder.birth.date } },
      geschlecht: holder.geschlecht ?? 'x',
      anschrift: { art: 'inland', ...postal, gemeindeschluessel: address.ags },
      staatsangehoerigkeiten: ['000'],
    },
    empfaenger: { wer: 'betroffeneperson', ziel: { art: 'inland', anschrift: postal } },
    gebuehr: 'A',
    verwendungszweck: { beschreibung: 'Bewerbung um einen Platz im Heimbeirat' },
    abrechnungskennzeichen: address.ags,
    ereignis: { zeitpunkt: now.toISOString(), zeichen: uuid.replaceAll('-', '').slice(0, 20) },
  };
}
