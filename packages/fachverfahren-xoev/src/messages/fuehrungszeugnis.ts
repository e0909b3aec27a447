import { InputError } from '@buergerkoffer/formats';
import { checkBzrAnfrage } from '../xmeld/bzr-anfrage-rules.js';
import type { AllgemeinerName, BzrAnfrage, Empfaenger, TeilbekanntesDatum } from '../xmeld/bzr-anfrage.js';
import { parseBzrAnfrage } from '../xmeld/bzr-anfrage.js';
import { BFJ } from '../xmeld/xmeld.js';
import type { MessageContent } from './builder.js';
import { messageBuilder } from './builder.js';
import type { AddressedFrame } from './message-frame.js';
import { present } from './present.js';

const bzranfrage0430 = messageBuilder('xmeld:datenuebermittlung.bzranfrage.0430');

type Content = MessageContent<'xmeld:datenuebermittlung.bzranfrage.0430'>;
type Anfrage = Content['bzranfrage'];
type Person = Anfrage['identifikation.person'];

/**
 * The message 0430 in UTF-8, texts in NFC: one application for a Führungszeugnis, to the Bundesamt für Justiz.
 * Throws `InputError`: `malformed` for a wrong shape, `not-allowed` with the path of the first error of
 * {@link checkBzrAnfrage} in the input, or of the other rules in the message; warnings do not stop it.
 */
export function writeBzrAnfrage(input: BzrAnfrage): Uint8Array {
  const message = parseBzrAnfrage(input);
  const fault = checkBzrAnfrage(message).find(({ severity }) => severity === 'error');
  if (fault !== undefined) {
    throw new InputError('not-allowed', `${fault.code}: ${fault.message}`, { path: fault.path });
  }
  return bzranfrage0430.write(frameOf(message), contentOf(message));
}

function frameOf({
  uuid,
  erstellungszeitpunkt,
  test,
  produkt,
  autor,
  codelisten,
}: BzrAnfrage): AddressedFrame {
  return { ...present({ test, codelisten }), uuid, erstellungszeitpunkt, produkt, autor, leser: BFJ };
}

function contentOf(message: BzrAnfrage): Content {
  const { verwendungszweck: purpose, justizbehoerdenkennzeichen: court, ereignis } = message;
  return present({
    aktenzeichennachricht: message.aktenzeichenNachricht,
    bzranfrage: present({
      anfrageart: message.anfrageart,
      'datum.antragstellung': message.datumAntragstellung,
      aktenzeichenanfrage: message.aktenzeichenAnfrage,
      justizbehoerdenkennzeichen: court && listed(court),
      'identifikation.person': personOf(message.person),
      doktorgrad: message.doktorgrade,
      empfaengeranschrift: recipientOf(message.empfaenger),
      gebuehr: message.gebuehr,
      verwendungszweck:
        purpose &&
        present({
          schluessel: purpose.schluessel && listed(purpose.schluessel),
          beschreibung: purpose.beschreibung,
        }),
      'verwendung.ausland': message.verwendungAusland && useAbroad(message.verwendungAusland),
      abrechnungskennzeichen: message.abrechnungskennzeichen,
      'identifikation.ereignis': {
        'ereignis.zeitpunkt': ereignis.zeitpunkt,
        'ereignis.zeichen': ereignis.zeichen,
      },
    }),
  });
}

function listed({ code, listVersionID }: { readonly code: string; readonly listVersionID: string }) {
  return { '@listVersionID': listVersionID, code } as const;
}

function personOf(person: BzrAnfrage['person']): Person {
  const current = nameOf(person.familienname);
  const { geburt } = person;
  return present({
    'nachname.unstrukturiert':
      person.geburtsname === undefined
        ? { 'aktueller.familienname.unstrukturiert': current }
        : {
            'familienname.und.geburtsname.unstrukturiert': {
              'aktueller.familienname.unstrukturiert': current,
              'geburtsname.unstrukturiert': nameOf(person.geburtsname),
            },
          },
    vornamen: present({
      vornamen: nameOf(person.vornamen),
      vornamenPass: person.vornamenPass === undefined ? undefined : nameOf(person.vornamenPass),
    }),
    geburt: present({
      geburtsort: geburt.ort,
      geburtsortStaat: geburt.staat,
      geburtsdatum: dateOf(geburt.datum),
    }),
    geschlecht: person.geschlecht,
    anschrift: person.anschrift && addressOf(person.anschrift),
    staatsangehoerigkeit: person.staatsangehoerigkeiten,
  });
}

function nameOf(name: AllgemeinerName) {
  return typeof name === 'string' ? { name } : ({ nichtVorhanden: true } as const);
}

function dateOf(
  date: TeilbekanntesDatum,
): Person['geburt'] extends { readonly geburtsdatum: infer Date } ? Date : never {
  return 'unbekannt' in date ? 'unbekannt' : { teilbekanntesDatum: date };
}

function addressOf(anschrift: NonNullable<BzrAnfrage['person']['anschrift']>) {
  switch (anschrift.art) {
    case 'inland': {
      const { art: _, ...address } = anschrift;
      return { 'anschrift.inland': present(address) } as const;
    }
    case 'ausland':
      return { 'anschrift.ausland': { staat: anschrift.staat } } as const;
    case 'unbekannt':
      return { 'anschrift.unbekannt': { anschriftUnbekannt: true } } as const;
    default:
      return anschrift satisfies never;
  }
}

function recipientOf(empfaenger: Empfaenger): Anfrage['empfaengeranschrift'] {
  switch (empfaenger.wer) {
    case 'betroffeneperson':
      return { betroffeneperson: ownAddress(empfaenger.ziel) };
    case 'gesetzlichervertreter':
      return { gesetzlichervertreter: otherAddress(empfaenger.ziel) };
    case 'behoerde': {
      const { ziel } = empfaenger;
      if (ziel.art !== 'behoerdenkennzeichen') return { behoerde: otherAddress(ziel) };
      // The third line of the block, which is line 6 of the Aufschrift.
      const [zusatz] = ziel.zusatz === undefined ? [] : numbered([ziel.zusatz], FIRST_LINE + 2);
      return {
        behoerde: {
          behoerdenkennzeichen: present({ bkz: listed(ziel.kennzeichen), 'zeile.zusatz': zusatz }),
        },
      };
    }
    default:
      return empfaenger satisfies never;
  }
}

type OwnAddress = Extract<Empfaenger, { wer: 'betroffeneperson' }>['ziel'];
type OtherAddress = Extract<Empfaenger, { wer: 'gesetzlichervertreter' }>['ziel'];

function ownAddress(ziel: OwnAddress) {
  if (ziel.art === 'inland') {
    return { inland: present({ anschrift: present(ziel.anschrift), postfach: ziel.postfach }) };
  }
  return abroad(ziel);
}

function otherAddress(ziel: OtherAddress) {
  if (ziel.art === 'ausland') return abroad(ziel);
  return {
    inland: present({
      'zeile.empfaenger': numbered(ziel.zeilen),
      anschrift: present(ziel.anschrift),
      postfach: ziel.postfach,
    }),
  };
}

function abroad({
  staat,
  zeilen,
}: {
  readonly staat: string;
  readonly zeilen?: readonly string[] | undefined;
}) {
  return {
    ausland: present({ staat, anschriftzone: zeilen && { 'zeile.anschrift': numbered(zeilen) } }),
  };
}

/** First line of an address block that names a recipient (XInneres ZeileAufschrift). */
const FIRST_LINE = 4;

function numbered(lines: readonly string[], first = FIRST_LINE) {
  return lines.map((inhalt, index) => ({ zeilennummer: String(first + index), inhalt }));
}

function useAbroad(
  use: NonNullable<BzrAnfrage['verwendungAusland']>,
): NonNullable<Anfrage['verwendung.ausland']> {
  return {
    staat: use.staat,
    'auslandsverwendung.anerkennungsform':
      use.anerkennungsform === 'ueberbeglaubigung'
        ? {
            'fuehrungszeugnis.auslandsverwendung.ueberbeglaubigung': {
              anerkennungsform: '1',
              belegnummer: use.belegnummer,
            },
          }
        : { 'fuehrungszeugnis.auslandsverwendung.sonstige': { anerkennungsform: '2' } },
  };
}
