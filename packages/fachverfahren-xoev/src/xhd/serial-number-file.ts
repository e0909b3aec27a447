import { decodeBase64, InputError } from '@buergerkoffer/formats';

/** Serial numbers that the manufacturer assigned to an authority (Lieferinformation, TR-03123 part 2, 3.3). */
export interface SerialNumberStock {
  /** Behördenkennzahl, 4 places. */
  readonly behoerdenkennzahl: string;
  /** The running five places of each number. */
  readonly numbers: readonly string[];
}

const MAX_BYTES = 2 * 1024 * 1024;
const SECTION = /^\[([A-Z_]{1,40})\]$/;

/**
 * The numbers in a `Seriennummern` element: base64 of an ASCII file of sections, `[ZAP_LISTE]` with numbers of five
 * characters, each followed by `;`. `InputError` `malformed` with the line as offset, `checksum` when the count differs.
 */
export function readSerialNumberFile(base64: string): SerialNumberStock {
  const bytes = decodeBase64(base64);
  if (bytes.length > MAX_BYTES) throw new InputError('too-large', 'the list of serial numbers is too long');
  const sections = sectionsOf(new TextDecoder('latin1').decode(bytes));
  const numbers = (sections.get('ZAP_LISTE') ?? []).flatMap((line) => {
    const parts = line.split(';');
    if (parts.pop() !== '' || parts.some((part) => !/^[0-9A-Z]{5}$/.test(part))) {
      throw new InputError('malformed', 'a line is not of five-character numbers, each with a semicolon', {
        path: 'ZAP_LISTE',
      });
    }
    return parts;
  });
  const [behoerdenkennzahl = ''] = sections.get('ABKZ') ?? [];
  if (!/^[0-9A-Z]{4}$/.test(behoerdenkennzahl)) {
    throw new InputError('missing', 'the list names no Behördenkennzahl', { path: 'ABKZ' });
  }
  const [counted] = sections.get('ZAP_COUNTER') ?? [];
  if (counted !== undefined && Number(counted) !== numbers.length) {
    throw new InputError('checksum', 'the list has another length than it says', { path: 'ZAP_COUNTER' });
  }
  return { behoerdenkennzahl, numbers };
}

function sectionsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of text.split('\r\n').filter((each) => each !== '')) {
    const name = SECTION.exec(line)?.[1];
    if (name !== undefined) {
      if (sections.has(name)) throw new InputError('malformed', 'a section stands twice', { path: name });
      current = [];
      sections.set(name, current);
    } else if (current === undefined) {
      throw new InputError('malformed', 'the list does not begin with a section', { offset: 0 });
    } else current.push(line);
  }
  return sections;
}
