import type { LocalDate } from '../local-date.js';
import type { PartialDate } from '../partial-date.js';

/** Sizes of machine-readable documents: card (3 x 30), half sheet (2 x 36), passport booklet (2 x 44). */
export type MrzFormat = 'TD1' | 'TD2' | 'TD3';

/** Sex as the machine-readable zone has it; `X` stands for unspecified (`<`), which German identity cards print. */
export type MrzSex = 'F' | 'M' | 'X';

/** What a machine-readable zone says, check digits and fillers removed (ICAO 9303 parts 3 to 6). */
export interface Mrz {
  readonly format: MrzFormat;
  /** One or two letters: `P`, `ID`, `I`, `AR`. */
  readonly documentCode: string;
  /** State or organisation, `D` for Germany, else three letters. */
  readonly issuingState: string;
  /** Without fillers and check digit; longer than 9 places where TD1 and TD2 carry the rest in the optional data. */
  readonly documentNumber: string;
  /** Primary identifier, words separated by a space, in capitals of the MRZ alphabet. */
  readonly surname: string;
  /** Secondary identifier; empty where the document has none. */
  readonly givenNames: string;
  /** Whether the name field is filled to its last place, so that names may be cut (ICAO 9303-3, 4.6). */
  readonly nameMayBeTruncated: boolean;
  /** State, `D` for Germany, else three letters. */
  readonly nationality: string;
  /** Date of birth in the latest century that does not lie in the future. */
  readonly birthDate: PartialDate;
  /** The date a century earlier, when the holder could be that old (at most 125 years): ask which one is true. */
  readonly birthDateACenturyEarlier?: PartialDate;
  readonly sex: MrzSex;
  /** Last day of validity in the century nearest to the reference date; unknown for documents without expiry. */
  readonly expiryDate: PartialDate;
  /** Optional data of the document's first (TD1) or only such field, without trailing fillers. */
  readonly optionalData: string;
  /** Second optional field, TD1 only; German cards since 2021 carry a version there. */
  readonly optionalData2: string;
}

/** What `formatMrz` needs; names and numbers may be in any spelling of DIN 91379. */
export interface MrzFields {
  readonly format: MrzFormat;
  readonly documentCode: string;
  readonly issuingState: string;
  readonly documentNumber: string;
  readonly surname: string;
  readonly givenNames: string;
  readonly nationality: string;
  readonly birthDate: PartialDate | LocalDate;
  readonly sex: MrzSex;
  readonly expiryDate: PartialDate | LocalDate;
  readonly optionalData?: string;
  readonly optionalData2?: string;
}

/** How a machine-readable zone is read. */
export interface MrzOptions {
  /** Day from which the centuries of the two-digit years are judged. Default: today in Berlin. */
  readonly referenceDate?: LocalDate;
  /**
   * Repairs what optical recognition mistakes: small letters, spaces, typographic fillers, and `O 0 I 1 S 5 B 8 Z 2` where a
   * field admits only digits or only letters. Default false: the text is taken as it is.
   */
  readonly normalise?: boolean;
}
