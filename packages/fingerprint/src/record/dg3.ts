import { findTlv, InputError, readTlv, writeTlv, type Tlv } from '@buergerkoffer/formats';
import { readChipTemplate, type ChipFinger } from './chip-record.js';

const DG3 = 0x63;
const GROUP = 0x7f61;
const COUNT = 0x02;
const TEMPLATE = 0x7f60;

/** Most templates in a data group: their number is one digit (ICAO 9303-10). */
const MOST_TEMPLATES = 9;

/**
 * The data group 3 of an electronic identity document around biometric information templates (ICAO 9303-10,
 * 4.7.3): in tag 63 one 7F61 with the number (02) and the templates (7F60). More than nine templates are
 * `InputError('out-of-range')`.
 */
export function writeDg3(templates: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  if (templates.length > MOST_TEMPLATES) {
    throw new InputError('out-of-range', `a data group holds ${MOST_TEMPLATES} templates at most`, {
      path: 'templates',
    });
  }
  return writeTlv(DG3, [writeTlv(GROUP, [writeTlv(COUNT, Uint8Array.of(templates.length)), ...templates])]);
}

/**
 * Reads the fingers of a data group 3. `InputError`: `malformed` where tags or the number of templates do not
 * fit, otherwise as from `readChipTemplate`.
 */
export function readDg3(bytes: Uint8Array): readonly ChipFinger[] {
  const file = readTlv(bytes);
  if (file.tag !== DG3)
    throw new InputError('malformed', 'data group 3 has the tag 63', { offset: file.offset });
  const group = findTlv(file.children, GROUP);
  if (group === undefined)
    throw new InputError('missing', 'data object 7F61 is missing', { offset: file.offset });
  const templates = group.children.filter(({ tag }) => tag === TEMPLATE);
  const count = findTlv(group.children, COUNT);
  if (count === undefined)
    throw new InputError('missing', 'data object 02 is missing', { offset: group.offset });
  if (count.value.length !== 1 || count.value[0] !== templates.length) {
    throw new InputError('malformed', 'the group holds another number of templates than it states', {
      offset: count.offset,
    });
  }
  return templates.map((template) => readChipTemplate(bytesOf(bytes, template)));
}

/** The bytes of a data object with its tag and length. */
function bytesOf(bytes: Uint8Array, { offset, value }: Tlv): Uint8Array {
  return bytes.subarray(offset, value.byteOffset - bytes.byteOffset + value.length);
}
