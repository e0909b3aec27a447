import { findTlv, InputError, readBit, readTlv, writeTlv } from '@buergerkoffer/formats';

const DG2 = 0x75;
const GROUP = 0x7f61;
const COUNT = 0x02;
const BIT = 0x7f60;

/**
 * Data group 2 of a travel document with one face (ICAO Doc 9303-10): `75 { 7F61 { 02 01 01, BIT } }`. `bit` is a
 * template 7F60.
 */
export function writeDataGroup2(bit: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeTlv(DG2, [writeTlv(GROUP, [writeTlv(COUNT, Uint8Array.of(1)), bit])]);
}

/**
 * The face records in a data group 2, views of the bytes, one to nine. `InputError` `malformed` where tags or number
 * do not fit, `missing` and `unsupported` as `readBit` of formats says.
 */
export function readDataGroup2(bytes: Uint8Array): readonly Uint8Array[] {
  const group = readTlv(bytes);
  const inner = findTlv(group.children, GROUP);
  if (group.tag !== DG2 || inner === undefined)
    throw new InputError('malformed', 'data group 2 is 75 around 7F61', { offset: group.offset });
  const count = findTlv(inner.children, COUNT)?.value;
  const templates = inner.children.filter(({ tag }) => tag === BIT);
  if (count?.length !== 1 || count[0] !== templates.length || templates.length < 1 || templates.length > 9)
    throw new InputError('malformed', 'the number of faces does not fit', { offset: inner.offset });
  return templates.map(({ offset, value }) => {
    const end = value.byteOffset - bytes.byteOffset + value.length;
    const information = readBit(bytes.subarray(offset, end));
    if (information.type !== 'face')
      throw new InputError('unsupported', 'data group 2 holds faces', { offset });
    return information.record;
  });
}
