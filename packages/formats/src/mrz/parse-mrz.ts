import { berlinDate } from '../berlin-date.js';
import { checkDigit731 } from '../check-digits.js';
import { InputError } from '../error.js';
import type { PartialDate } from '../partial-date.js';
import { birthDates, expiryDates, shortDate, type ShortDate } from './dates.js';
import type { MrzFieldName, Span } from './layout.js';
import { mrzLines, type MrzLines } from './lines.js';
import type { Mrz, MrzOptions, MrzSex } from './mrz.js';

/** A machine-readable zone with everything that is wrong with it. */
export interface MrzReading {
  /** What it says, also where check digits are wrong; absent when it cannot be read at all. */
  readonly mrz?: Mrz;
  /** Faults from front to back, empty when all is well; they never repeat what the zone holds. */
  readonly findings: readonly InputError[];
}

/**
 * Reads the machine-readable zone of a TD1, TD2 or TD3 document and proves every check digit
 * (ICAO 9303 parts 3 to 6). Takes one text, with or without line breaks, or an array of lines.
 *
 * Throws the first fault: a wrong check digit is `InputError('checksum')` whose `path` is
 * `documentNumber`, `birthDate`, `expiryDate`, `optionalData` or `composite` and whose `offset` is the place
 * of the digit; {@link readMrz} returns all faults together.
 */
export function parseMrz(input: string | readonly string[], options: MrzOptions = {}): Mrz {
  const { mrz, findings } = readMrz(input, options);
  const [first] = findings;
  if (first !== undefined) throw first;
  if (mrz === undefined) throw new InputError('malformed', 'the machine-readable zone cannot be read');
  return mrz;
}

/** Like {@link parseMrz}, but returns what can be read together with every fault instead of throwing the first. */
export function readMrz(input: string | readonly string[], options: MrzOptions = {}): MrzReading {
  try {
    const lines = mrzLines(input, options.normalise ?? false);
    const refusal = refusalOf(lines);
    return refusal === undefined ? readFields(lines, options) : { findings: [refusal] };
  } catch (error) {
    if (error instanceof InputError) return { findings: [error] };
    throw error;
  }
}

/** Why these lines are no zone that we read. */
function refusalOf(lines: MrzLines): InputError | undefined {
  const foreign = lines.foreignCharacter();
  if (foreign !== undefined) {
    return new InputError('malformed', 'a machine-readable zone holds only A-Z, 0-9 and <', {
      offset: foreign,
    });
  }
  const code = lines.text(lines.layout.fields.documentCode);
  const state = lines.text(lines.layout.fields.issuingState);
  const unsupported = (what: string): InputError =>
    new InputError('unsupported', what, { path: 'documentCode', offset: 0 });
  if (code.startsWith('V')) return unsupported('this is a visa; TD1, TD2 and TD3 documents are read');
  if (lines.format === 'TD2' && code === 'ID' && state === 'FRA') {
    return unsupported('French identity cards before 2021 have a layout of their own');
  }
  return undefined;
}

function readFields(lines: MrzLines, options: MrzOptions): MrzReading {
  const findings: InputError[] = [];
  const { fields, checks } = lines.layout;
  const report = (
    code: 'malformed' | 'out-of-range' | 'checksum',
    path: string,
    at: Span,
    what: string,
  ): void => {
    findings.push(new InputError(code, what, { path, offset: lines.offset(at) }));
  };
  const matching = (
    name: 'documentCode' | 'issuingState' | 'nationality',
    shape: RegExp,
    what: string,
  ): string => {
    const text = lines.text(fields[name]);
    if (!shape.test(text)) report('malformed', name, fields[name], what);
    return text.replace(/<+$/, '');
  };
  const dated = (
    name: 'birthDate' | 'expiryDate',
    readings: (date: ShortDate) => readonly PartialDate[],
  ): readonly PartialDate[] => {
    const date = shortDate(lines.text(fields[name]));
    if (date === undefined) report('malformed', name, fields[name], 'a date is written YYMMDD');
    const found = date === undefined ? [] : readings(date);
    if (date !== undefined && found.length === 0) {
      report('out-of-range', name, fields[name], 'this date does not exist');
    }
    return found;
  };
  const proved = (name: MrzFieldName, covered: string, digit: string, at: Span): void => {
    if (digit !== String(checkDigit731(covered))) {
      report('checksum', name, at, `the check digit of ${name} does not fit`);
    }
  };

  const documentCode = matching('documentCode', /^[A-Z][A-Z<]$/, 'a document code is one or two letters');
  const issuingState = matching('issuingState', STATE, 'a state is one to three letters');
  const number = documentNumberOf(lines);
  if (!/^[A-Z0-9](?:[A-Z0-9<]*[A-Z0-9])?$/.test(number.text)) {
    report('malformed', 'documentNumber', fields.documentNumber, 'the document number is empty or has gaps');
  }
  proved('documentNumber', number.covered, number.digit, number.digitAt);
  const names = namesOf(lines.text(fields.names));
  if (names === undefined) report('malformed', 'names', fields.names, 'names are letters and fillers');
  const nationality = matching('nationality', STATE, 'a nationality is one to three letters');
  const reference = options.referenceDate ?? berlinDate(Date.now());
  const [birthDate, earlierBirthDate] = dated('birthDate', (date) => birthDates(date, reference));
  proved('birthDate', lines.text(fields.birthDate), lines.text(checks.birthDate), checks.birthDate);
  const sex = sexOf(lines.text(fields.sex));
  if (sex === undefined) report('malformed', 'sex', fields.sex, 'sex is F, M or <');
  const [expiryDate] = dated('expiryDate', (date) => expiryDates(date, reference));
  proved('expiryDate', lines.text(fields.expiryDate), lines.text(checks.expiryDate), checks.expiryDate);
  if (checks.optionalData !== undefined) {
    const optional = lines.text(fields.optionalData);
    const digit = lines.text(checks.optionalData);
    // An unused field may have a filler in place of its check digit (ICAO 9303-4, 4.2.2.2).
    if (!(digit === '<' && /^<*$/.test(optional)))
      proved('optionalData', optional, digit, checks.optionalData);
  }
  proveComposite(lines, findings);
  findings.sort((a, b) => (a.offset ?? 0) - (b.offset ?? 0));

  if (names === undefined || sex === undefined || birthDate === undefined || expiryDate === undefined) {
    return { findings };
  }
  const mrz: Mrz = {
    format: lines.format,
    documentCode,
    issuingState,
    documentNumber: number.text,
    ...names,
    nationality,
    birthDate,
    ...(earlierBirthDate === undefined ? {} : { birthDateACenturyEarlier: earlierBirthDate }),
    sex,
    expiryDate,
    optionalData: number.optionalData,
    optionalData2: fields.optionalData2 === undefined ? '' : unfilled(lines.text(fields.optionalData2)),
  };
  return { mrz, findings };
}

const STATE = /^(?:[A-Z]{3}|[A-Z]{2}<|[A-Z]<<)$/;

interface DocumentNumber {
  readonly text: string;
  readonly covered: string;
  readonly digit: string;
  readonly digitAt: Span;
  readonly optionalData: string;
}

/**
 * A number of more than 9 places has a filler where the check digit would be and goes on, with its
 * check digit, at the start of the optional data (ICAO 9303-5, 4.2.2 note j; 9303-6 likewise).
 */
function documentNumberOf(lines: MrzLines): DocumentNumber {
  const { fields, checks } = lines.layout;
  const first = lines.text(fields.documentNumber);
  const digit = lines.text(checks.documentNumber);
  const optional = lines.text(fields.optionalData);
  const rest = /^[A-Z0-9]+/.exec(optional)?.[0] ?? '';
  if (lines.format === 'TD3' || digit !== '<' || rest.length < 2) {
    return {
      text: unfilled(first),
      covered: first,
      digit,
      digitAt: checks.documentNumber,
      optionalData: unfilled(optional),
    };
  }
  const { line, start } = fields.optionalData;
  const at = start + rest.length - 1;
  const covered = first + rest.slice(0, -1);
  return {
    text: covered,
    covered,
    digit: rest.slice(-1),
    digitAt: { line, start: at, end: at + 1 },
    optionalData: unfilled(optional.slice(rest.length).replace(/^</, '')),
  };
}

function proveComposite(lines: MrzLines, findings: InputError[]): void {
  const { composite, compositeOver } = lines.layout;
  const covered = compositeOver.map((part) => lines.text(part)).join('');
  if (lines.text(composite) === String(checkDigit731(covered))) return;
  findings.push(
    new InputError('checksum', 'the check digit over the whole zone does not fit', {
      path: 'composite',
      offset: lines.offset(composite),
    }),
  );
}

function namesOf(text: string): Pick<Mrz, 'surname' | 'givenNames' | 'nameMayBeTruncated'> | undefined {
  if (!/^[A-Z][A-Z<]*$/.test(text)) return undefined;
  const [surname = '', ...given] = unfilled(text).split('<<');
  const words = (part: string): string => part.split('<').filter(Boolean).join(' ');
  return {
    surname: words(surname),
    givenNames: words(given.join('<')),
    nameMayBeTruncated: !text.endsWith('<'),
  };
}

function sexOf(text: string): MrzSex | undefined {
  return text === 'F' || text === 'M' ? text : text === '<' ? 'X' : undefined;
}

function unfilled(text: string): string {
  return text.replace(/<+$/, '');
}
