import { InputError } from '@buergerkoffer/formats';

/** The three MRZ lines on the back of an identity card, 30 characters each (ICAO Doc 9303-5). */
export type Td1Lines = readonly [string, string, string];

/** The two MRZ lines on the data page of a passport, 44 characters each (ICAO Doc 9303-4). */
export type Td3Lines = readonly [string, string];

/** A document that a simulated scanner draws by itself. */
export type DrawnDocument = 'page' | { readonly td1: Td1Lines } | { readonly td3: Td3Lines };

const MRZ_ALPHABET = /^[A-Z0-9<]*$/;

/**
 * Throws `InputError` with the path when an MRZ line has another length (`out-of-range`) or another character than
 * A-Z, 0-9 and `<` (`not-allowed`). Check digits are not looked at: a wrong one can be drawn.
 */
export function checkDrawnDocument(document: DrawnDocument, path = 'document'): void {
  if (document === 'page') return;
  const [name, lines, length] =
    'td1' in document ? (['td1', document.td1, 30] as const) : (['td3', document.td3, 44] as const);
  lines.forEach((line, i) => {
    const where = { path: `${path}.${name}[${i}]` };
    if (line.length !== length)
      throw new InputError('out-of-range', `an MRZ line of ${name} has ${length} characters`, where);
    if (!MRZ_ALPHABET.test(line))
      throw new InputError('not-allowed', 'an MRZ line holds A-Z, 0-9 and < only', where);
  });
}
