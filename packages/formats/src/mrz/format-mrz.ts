import { checkDigit731 } from '../check-digits.js';
import { InputError } from '../error.js';
import { formatPartialDate, wholeDate, type PartialDate } from '../partial-date.js';
import type { LocalDate } from '../local-date.js';
import { transliterateMrz } from '../transliterate.js';
import { LAYOUTS, type MrzFieldName, type MrzLayout, type Span } from './layout.js';
import type { MrzFields } from './mrz.js';

/**
 * The lines of the machine-readable zone, every check digit included (ICAO 9303 parts 3 to 6).
 *
 * Names are transliterated and, where they are too long, cut so that the last place holds a letter
 * (9303-3, 4.6). Document numbers of more than 9 places go on in the optional data (TD1, TD2).
 * What does not fit its field is `InputError('too-large')`, a foreign character `InputError('malformed')`, both with `path`.
 */
export function formatMrz(fields: MrzFields): readonly string[] {
  const layout = LAYOUTS[fields.format];
  const lines = Array.from({ length: layout.lines }, () => Array<string>(layout.width).fill('<'));
  const put = ({ line, start }: Span, text: string): void => {
    lines[line]?.splice(start, text.length, ...Array.from(text));
  };
  const putField = (name: MrzFieldName, text: string): void => {
    const place = layout.fields[name];
    if (place === undefined || text.length > place.end - place.start) {
      throw new InputError('too-large', `${name} does not fit its field`, { path: name });
    }
    if (!/^[A-Z0-9<]*$/.test(text)) {
      throw new InputError('malformed', `${name} holds only A-Z, 0-9 and <`, { path: name });
    }
    put(place, text);
  };
  const read = ({ line, start, end }: Span): string => (lines[line] ?? []).slice(start, end).join('');
  const digitOf = (text: string): string => String(checkDigit731(text));

  putField('documentCode', fields.documentCode);
  putField('issuingState', fields.issuingState);
  putField('nationality', fields.nationality);
  putField('names', nameField(fields, layout.fields.names.end - layout.fields.names.start));
  putField('sex', fields.sex === 'X' ? '<' : fields.sex);
  putField('birthDate', dateField(fields.birthDate));
  putField('expiryDate', dateField(fields.expiryDate));
  const { optionalData2 = '' } = fields;
  if (optionalData2 !== '') putField('optionalData2', optionalData2);
  const number = numberFields(fields, layout);
  putField('documentNumber', number.documentNumber);
  putField('optionalData', number.optionalData);

  put(layout.checks.birthDate, digitOf(read(layout.fields.birthDate)));
  put(layout.checks.expiryDate, digitOf(read(layout.fields.expiryDate)));
  if (!number.continued) put(layout.checks.documentNumber, digitOf(read(layout.fields.documentNumber)));
  if (layout.checks.optionalData !== undefined && number.optionalData !== '') {
    put(layout.checks.optionalData, digitOf(read(layout.fields.optionalData)));
  }
  put(layout.composite, digitOf(layout.compositeOver.map(read).join('')));
  return lines.map((line) => line.join(''));
}

interface NumberFields {
  readonly documentNumber: string;
  readonly optionalData: string;
  readonly continued: boolean;
}

function numberFields(fields: MrzFields, layout: MrzLayout): NumberFields {
  const { documentNumber, optionalData = '' } = fields;
  if (!/^[A-Z0-9](?:[A-Z0-9<]*[A-Z0-9])?$/.test(documentNumber)) {
    throw new InputError('malformed', 'a document number holds A-Z and 0-9', { path: 'documentNumber' });
  }
  if (documentNumber.length <= 9) return { documentNumber, optionalData, continued: false };
  const rest = documentNumber.slice(9) + String(checkDigit731(documentNumber));
  const room = layout.fields.optionalData.end - layout.fields.optionalData.start;
  if (fields.format === 'TD3' || rest.length >= room || rest.includes('<')) {
    throw new InputError('too-large', 'the document number does not fit its field', {
      path: 'documentNumber',
    });
  }
  return {
    documentNumber: documentNumber.slice(0, 9),
    optionalData: optionalData === '' ? rest : `${rest}<${optionalData}`,
    continued: true,
  };
}

function dateField(date: PartialDate | LocalDate): string {
  return formatPartialDate(typeof date === 'string' ? wholeDate(date) : date, 'mrz');
}

function nameField(fields: MrzFields, width: number): string {
  const primary = nameWords(fields.surname);
  const secondary = nameWords(fields.givenNames);
  if (primary === '') {
    throw new InputError('missing', 'a machine-readable zone names its holder', { path: 'surname' });
  }
  if (/\d/.test(primary + secondary)) {
    throw new InputError('malformed', 'names hold no digits', { path: 'names' });
  }
  if (secondary === '') return cut(primary, width);
  const whole = `${primary}<<${secondary}`;
  if (whole.length <= width) return whole;
  // At least one letter of the given names stays.
  const kept = cut(primary, width - 3);
  return `${kept}<<${cut(secondary, width - kept.length - 2)}`;
}

function nameWords(name: string): string {
  return transliterateMrz(name).replace(/<+/g, '<').replace(/^<|<$/g, '');
}

/** The first `width` places; where the cut falls behind a filler, the word before gives up a letter so that a letter is last. */
function cut(words: string, width: number): string {
  if (words.length <= width) return words;
  const head = words.slice(0, width);
  if (!head.endsWith('<')) return head;
  const next = words.slice(width, width + 1);
  const before = head.slice(0, -1);
  const shorter = before.slice(0, -1);
  return shorter === '' || shorter.endsWith('<') ? before : `${shorter}<${next}`;
}
