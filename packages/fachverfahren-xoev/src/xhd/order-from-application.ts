import { encodeBase64, InputError } from '@buergerkoffer/formats';
import type { Address, DocumentApplication, Person } from '@buergerkoffer/procedures/model';
import { requireShape } from '../xmeld/shape.js';
import { AntragPersonalausweis } from './antrag.js';
import type { Anschrift } from './person.js';
import type { Druckzeile, DruckzeileTyp } from './print-block.js';
import { agreesWith, fitPrintLines, suggestShortened } from './print-lines.js';
import type { PrintText } from './print-lines.js';
import { PROFILES } from './profile.js';

/** What an order needs besides the application; most of it only the authority's own software knows. */
export interface CardOrderDetails {
  readonly antragsId: string;
  /** 10 places with check digit, drawn from the authority's stock. */
  readonly seriennummer: string;
  readonly behoerde: { readonly kurzbezeichnung: string; readonly name?: string };
  readonly pin: {
    /** Lines of the address to which the PIN letter goes. */
    readonly lieferadresse: readonly string[];
    readonly ruecksendeadresse: string;
    /** False: the letter was handed over at application. */
    readonly versand?: boolean;
  };
  /** `gid-app` as XML text with photo and fingers, from a component that knows TR-03121's schema. */
  readonly gidApp?: string;
  readonly unterschrift?: { readonly mimeCode: 'image/jpeg' | 'image/jp2'; readonly bytes: Uint8Array };
  /** Texts that the clerk shortened because the print block is too small; each must agree with its field. */
  readonly shortened?: Readonly<Partial<Record<DruckzeileTyp, string>>>;
  readonly namenInMrz?: string;
}

const NO_DWELLING = 'keine Wohnung in Deutschland';
const LAYOUTS = PROFILES.PA.lines;

/**
 * The application for an identity card as one `Antrag` of an order, print lines in the largest size that fits.
 * `InputError` `too-large` with path `shortened.TYP` when a block does not fit: its remedy holds no value, the shortening
 * that {@link suggestShortened} finds is shown by the clerk's screen. `not-allowed` when a shortened text does not agree.
 */
export function antragFromApplication(
  application: DocumentApplication,
  details: CardOrderDetails,
): AntragPersonalausweis {
  const { holder, document } = application;
  const lines = new PrintLines(details.shortened ?? {});
  const address = anschriftOf(holder.address);
  const antrag: AntragPersonalausweis = {
    art: 'AntragsdatensatzPersonalausweisType',
    AntragsID: details.antragsId,
    Personendaten: {
      NatuerlichePerson: {
        NameNatuerlichePerson: namesOf(holder),
        Anschrift: address,
        ...(holder.nationality === 'D' ? {} : { Staatsangehoerigkeit: { Staat: holder.nationality } }),
        ...(holder.geschlecht === undefined
          ? {}
          : { Geschlecht: { Geschlecht: GESCHLECHT[holder.geschlecht] } }),
      },
      Geburt: { Geburtsdatum: birthDateOf(holder.birth.date), Geburtsort: holder.birth.place },
      Groesse: holder.heightCm === undefined ? '---' : String(holder.heightCm).padStart(3, '0'),
      Augenfarbe: holder.eyeColour ?? '---',
      Druckrepraesentation: { Zeile: personLines(holder, address, lines) },
    },
    Dokumentendaten: {
      Seriennummer: details.seriennummer,
      GueltigVon: document.validFrom,
      GueltigBis: document.validTo,
      Behoerdenname: {
        Druckrepraesentation: {
          Zeile: lines.of([
            { typ: 'Behoerdenname', text: details.behoerde.name ?? details.behoerde.kurzbezeichnung },
          ]),
        },
        ...(details.behoerde.name === undefined ? {} : { Name: details.behoerde.name }),
        Kurzbezeichnung: details.behoerde.kurzbezeichnung,
      },
      ...(details.namenInMrz === undefined ? {} : { AlternativeNamensdarstellungInMRZ: details.namenInMrz }),
    },
    ...(details.gidApp === undefined
      ? {}
      : { BiometrischeMerkmale: { Biometrie: { 'gid-app': details.gidApp } } }),
    ...(details.unterschrift === undefined
      ? {}
      : {
          Unterschrift: {
            mimeCode: details.unterschrift.mimeCode,
            inhalt: encodeBase64(details.unterschrift.bytes),
          },
        }),
    ElektronischeID: {
      NutzungElektronischeID: document.eid === 'on',
      PINDaten: {
        Lieferadresse: {
          Druckrepraesentation: {
            Zeile: details.pin.lieferadresse.map((content, index) => ({
              Nummer: index + 1,
              content,
              Typ: 'LieferadressePIN',
            })),
          },
        },
        Ruecksendeadresse: details.pin.ruecksendeadresse,
      },
      ...(holder.address.kind === 'germany' ? { WohnortID: wohnortId(holder.address.ags) } : {}),
      ...(details.pin.versand === undefined ? {} : { Versand_PIN_Brief: details.pin.versand }),
    },
  };
  return requireShape(AntragPersonalausweis, antrag, 'the order');
}

/** Divers and "keine Angabe" have no code of their own in the list of TR-03123. */
const GESCHLECHT = { w: '001', m: '002', d: '003', x: '003' } as const;

/** WohnortID of a municipality: `0276`, then Land 2, Regierungsbezirk 2, Kreis 2, Gemeinde 4 digits. */
export function wohnortId(ags: string): string {
  return `0276${ags.slice(0, 2)}0${ags.slice(2, 5)}0${ags.slice(5)}`;
}

/** `1944`, `1944-08` or `1944-08-12` with `XX` for what is not known. */
function birthDateOf(date: string): string {
  const [year = '', month = 'XX', day = 'XX'] = date.split('-');
  return `${year}-${month}-${day}`;
}

function namesOf(holder: Person) {
  return {
    Familienname: { Name: holder.familyName },
    Vorname: { Name: holder.givenNames },
    ...(holder.birthName === undefined ? {} : { Geburtsname: { Name: holder.birthName } }),
    ...(holder.doctorate === undefined ? {} : { Titel: holder.doctorate }),
    ...(holder.artistName === undefined ? {} : { Ordens_Kuenstlername: holder.artistName }),
  };
}

function anschriftOf(address: Address): Anschrift {
  if (address.kind === 'none-in-germany') return { Ort: NO_DWELLING };
  const number = [address.houseNumber, address.houseNumberSuffix]
    .filter((part) => part !== undefined)
    .join('');
  return {
    StrasseUndHausnummer: number === '' ? address.street : `${address.street} ${number}`,
    Postleitzahl: address.postalCode,
    Ort: address.city,
  };
}

function personLines(holder: Person, address: Anschrift, lines: PrintLines): Druckzeile[] {
  const { familyName, birthName, givenNames, doctorate, artistName, birth } = holder;
  const { Ort = '', Postleitzahl, StrasseUndHausnummer } = address;
  return [
    ...lines.of([
      { typ: 'Namensblock', text: doctorate === undefined ? familyName : `${doctorate} ${familyName}` },
      ...(birthName === undefined ? [] : [{ typ: 'Geburtsname', text: birthName } as const]),
    ]),
    ...lines.of([{ typ: 'Vornamensblock', text: givenNames }]),
    ...(artistName === undefined ? [] : lines.of([{ typ: 'Ordens_Kuenstlername', text: artistName }])),
    ...lines.of([{ typ: 'Wohnort', text: Postleitzahl === undefined ? Ort : `${Postleitzahl} ${Ort}` }]),
    ...(StrasseUndHausnummer === undefined
      ? []
      : lines.of([{ typ: 'Strasse_Hausnummer', text: StrasseUndHausnummer }])),
    ...lines.of([{ typ: 'Geburtsort', text: birth.place }]),
  ];
}

/** Fits blocks, with the clerk's shortened texts where there are some. */
class PrintLines {
  readonly #shortened: NonNullable<CardOrderDetails['shortened']>;

  constructor(shortened: NonNullable<CardOrderDetails['shortened']>) {
    this.#shortened = shortened;
  }

  of(block: readonly PrintText[]): Druckzeile[] {
    const printed = block.map(({ typ, text }) => ({ typ, text: this.#printed(typ, text) }));
    const [first] = printed;
    const sizes = first === undefined ? [] : (LAYOUTS[first.typ] ?? []);
    const fit = fitPrintLines(printed, sizes);
    if (fit.fits) return [...fit.lines];
    const longest = printed.find(({ text }) => suggestShortened(text, sizes) !== text) ?? first;
    const typ = longest?.typ ?? 'Namensblock';
    throw new InputError('too-large', `the print block ${typ} is too small for the text`, {
      path: `shortened.${typ}`,
      remedy: 'let the clerk shorten the text as it is to be printed, and give it in `shortened`',
    });
  }

  #printed(typ: DruckzeileTyp, full: string): string {
    const short = this.#shortened[typ];
    if (short === undefined) return full;
    if (agreesWith(short, full)) return short;
    throw new InputError('not-allowed', 'the shortened text does not agree with the field', {
      path: `shortened.${typ}`,
    });
  }
}
