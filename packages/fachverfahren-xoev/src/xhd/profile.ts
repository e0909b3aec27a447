import type { DruckzeileTyp } from './print-block.js';

/** A size in which a block can be printed; the first that fits is taken. */
export interface PrintSize {
  readonly font: 'normal' | 'small';
  readonly maxPerLine: number;
  readonly maxLines: number;
}

/** Where the limits of TR-03123 part 2 are modelled: Personalausweis, Reisepass, eID-Karte. */
export type ProfiledProduct = 'PA' | 'RP' | 'UB';

/** Characters that the single fields of a document may have together or each, and the lines of its print blocks. */
export interface DocumentProfile {
  /** `xsi:type` of its applications. */
  readonly art: string;
  readonly limits: Readonly<Partial<Record<LimitedField, number>>>;
  readonly lines: Readonly<Partial<Record<DruckzeileTyp, readonly PrintSize[]>>>;
  /** Print blocks that every document has. */
  readonly requiredLines: readonly DruckzeileTyp[];
  /** Pixels of a signature in JPEG; absent for a document without one. */
  readonly signature?: { readonly width: number; readonly height: number };
}

/** A field, or fields taken together, with a limit. */
export type LimitedField =
  | 'Familienname'
  | 'Familienname, Titel und Geburtsname'
  | 'Vorname'
  | 'Geburtsname'
  | 'Ordens_Kuenstlername'
  | 'StrasseUndHausnummer'
  | 'Postleitzahl und Ort'
  | 'Postleitzahl und Ort im Ausland'
  | 'Ort'
  | 'Geburtsort'
  | 'Augenfarbe'
  | 'Behoerdenname'
  | 'Kurzbezeichnung'
  | 'Ausstellungsort'
  | 'AlternativeNamensdarstellungInMRZ';

const sizes = (
  normal: readonly [number, number],
  small?: readonly [number, number],
): readonly PrintSize[] => [
  { font: 'normal', maxPerLine: normal[0], maxLines: normal[1] },
  ...(small === undefined ? [] : [{ font: 'small', maxPerLine: small[0], maxLines: small[1] } as const]),
];

/** BSI TR-03123 1.6.1 part 2, tables 8 to 11 and 14; sizes are characters by lines. */
export const PROFILES: Readonly<Record<ProfiledProduct, DocumentProfile>> = {
  PA: {
    art: 'AntragsdatensatzPersonalausweisType',
    limits: {
      Familienname: 120,
      'Familienname, Titel und Geburtsname': 120,
      Vorname: 80,
      Geburtsname: 75,
      Ordens_Kuenstlername: 60,
      StrasseUndHausnummer: 50,
      'Postleitzahl und Ort': 49,
      'Postleitzahl und Ort im Ausland': 45,
      Geburtsort: 80,
      Augenfarbe: 19,
      Behoerdenname: 84,
      Kurzbezeichnung: 84,
      AlternativeNamensdarstellungInMRZ: 30,
    },
    lines: {
      Namensblock: sizes([26, 2], [40, 3]),
      Geburtsname: sizes([26, 2], [40, 3]),
      Vornamensblock: sizes([26, 1], [40, 2]),
      Ordens_Kuenstlername: sizes([20, 1], [30, 2]),
      Wohnort: sizes([25, 2]),
      Strasse_Hausnummer: sizes([25, 2]),
      Geburtsort: sizes([26, 1], [40, 2]),
      Behoerdenname: sizes([19, 2], [28, 3]),
    },
    requiredLines: ['Namensblock', 'Vornamensblock', 'Wohnort', 'Geburtsort'],
    signature: { width: 900, height: 132 },
  },
  RP: {
    art: 'AntragsdatensatzPassType',
    limits: {
      Familienname: 186,
      'Familienname, Titel und Geburtsname': 186,
      Vorname: 186,
      Geburtsname: 124,
      Ordens_Kuenstlername: 35,
      Ort: 105,
      Geburtsort: 124,
      Augenfarbe: 35,
      Ausstellungsort: 35,
      AlternativeNamensdarstellungInMRZ: 39,
    },
    lines: {
      Namensblock: sizes([40, 2], [62, 3]),
      Geburtsname: sizes([40, 2], [62, 3]),
      Vornamensblock: sizes([40, 2], [62, 3]),
      Wohnort: sizes([35, 3]),
      Geburtsort: sizes([40, 1], [62, 2]),
      Behoerdenname: sizes([28, 2], [35, 3]),
      Dienstinfo: sizes([35, 9]),
    },
    requiredLines: ['Namensblock', 'Vornamensblock', 'Geburtsort'],
    signature: { width: 630, height: 188 },
  },
  UB: {
    art: 'AntragsdatensatzEIDKarteUBType',
    limits: {
      Ordens_Kuenstlername: 60,
      StrasseUndHausnummer: 50,
      'Postleitzahl und Ort': 49,
      'Postleitzahl und Ort im Ausland': 45,
      Geburtsort: 58,
      Behoerdenname: 71,
      Kurzbezeichnung: 90,
    },
    lines: {
      Namensblock: sizes([28, 3], [38, 3]),
      Geburtsort: sizes([29, 2]),
      BehoerdennameKurzeZeile: sizes([15, 1]),
      Behoerdenname: sizes([28, 2]),
    },
    requiredLines: ['Namensblock', 'Geburtsort'],
  },
};
