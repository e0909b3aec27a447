import type { MrzFormat } from './mrz.js';

/** Fields of a machine-readable zone, as they appear in the `path` of an error. */
export type MrzFieldName =
  | 'documentCode'
  | 'issuingState'
  | 'documentNumber'
  | 'names'
  | 'nationality'
  | 'birthDate'
  | 'sex'
  | 'expiryDate'
  | 'optionalData'
  | 'optionalData2';

/** Characters `start` to `end` (exclusive, from 0) of a line. */
export interface Span {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Where a format keeps its fields and check digits (positions of the standard minus one). */
export interface MrzLayout {
  readonly lines: number;
  readonly width: number;
  readonly fields: Readonly<Partial<Record<MrzFieldName, Span>>> & Readonly<Record<RequiredField, Span>>;
  /** Place of the check digit that follows each of these fields. */
  readonly checks: Readonly<Record<'documentNumber' | 'birthDate' | 'expiryDate', Span>> & {
    readonly optionalData?: Span;
  };
  readonly composite: Span;
  /** The stretches that the composite check digit covers, in order. */
  readonly compositeOver: readonly Span[];
}

type RequiredField = Exclude<MrzFieldName, 'optionalData2'>;

const span = (line: number, start: number, end: number): Span => ({ line, start, end });

/** The layouts of ICAO 9303-5 (TD1), 9303-6 (TD2) and 9303-4 (TD3). */
export const LAYOUTS: Readonly<Record<MrzFormat, MrzLayout>> = {
  TD1: {
    lines: 3,
    width: 30,
    fields: {
      documentCode: span(0, 0, 2),
      issuingState: span(0, 2, 5),
      documentNumber: span(0, 5, 14),
      optionalData: span(0, 15, 30),
      birthDate: span(1, 0, 6),
      sex: span(1, 7, 8),
      expiryDate: span(1, 8, 14),
      nationality: span(1, 15, 18),
      optionalData2: span(1, 18, 29),
      names: span(2, 0, 30),
    },
    checks: {
      documentNumber: span(0, 14, 15),
      birthDate: span(1, 6, 7),
      expiryDate: span(1, 14, 15),
    },
    composite: span(1, 29, 30),
    compositeOver: [span(0, 5, 30), span(1, 0, 7), span(1, 8, 15), span(1, 18, 29)],
  },
  TD2: {
    lines: 2,
    width: 36,
    fields: {
      documentCode: span(0, 0, 2),
      issuingState: span(0, 2, 5),
      names: span(0, 5, 36),
      documentNumber: span(1, 0, 9),
      nationality: span(1, 10, 13),
      birthDate: span(1, 13, 19),
      sex: span(1, 20, 21),
      expiryDate: span(1, 21, 27),
      optionalData: span(1, 28, 35),
    },
    checks: {
      documentNumber: span(1, 9, 10),
      birthDate: span(1, 19, 20),
      expiryDate: span(1, 27, 28),
    },
    composite: span(1, 35, 36),
    compositeOver: [span(1, 0, 10), span(1, 13, 20), span(1, 21, 35)],
  },
  TD3: {
    lines: 2,
    width: 44,
    fields: {
      documentCode: span(0, 0, 2),
      issuingState: span(0, 2, 5),
      names: span(0, 5, 44),
      documentNumber: span(1, 0, 9),
      nationality: span(1, 10, 13),
      birthDate: span(1, 13, 19),
      sex: span(1, 20, 21),
      expiryDate: span(1, 21, 27),
      optionalData: span(1, 28, 42),
    },
    checks: {
      documentNumber: span(1, 9, 10),
      birthDate: span(1, 19, 20),
      expiryDate: span(1, 27, 28),
      optionalData: span(1, 42, 43),
    },
    composite: span(1, 43, 44),
    compositeOver: [span(1, 0, 10), span(1, 13, 20), span(1, 21, 43)],
  },
};

/** The format with this number of lines and characters per line. */
export function formatOfShape(lines: number, width: number): MrzFormat | undefined {
  return FORMATS.find((format) => LAYOUTS[format].lines === lines && LAYOUTS[format].width === width);
}

const FORMATS = ['TD1', 'TD2', 'TD3'] as const;
