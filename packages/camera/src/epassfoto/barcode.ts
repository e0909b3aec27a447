import { ByteReader, decodeBase64, encodeHex, InputError } from '@buergerkoffer/formats';
import { algorithmOf, checkKeyAndIv, paddingOf } from './algorithm.js';
import { PhotoTicket } from './photo-ticket.js';

/** Longest text that fits into a DataMatrix of ECC 200 (ISO/IEC 16022: 2,335 letters and digits). */
const MAX_TEXT = 2335;
const MAGIC = 0xe2;
const VERSION = 1;
const MAX_URL = 100;

/**
 * What the barcode of a photographer's print says (BSI TR-03170-2 v1.2, 2.3): where the photo is, and the key for it. `text` is the
 * text of the DataMatrix symbol, Base64.
 *
 * `InputError` with the offset, in the text for Base64 and in the decoded bytes for all else: `too-large`, `malformed`
 * (no Base64, not such a barcode, bytes left over), `truncated`, `unsupported` (version, algorithm, padding), `not-allowed` (no TLS),
 * `out-of-range` (lengths). No error holds anything of the content.
 */
export function readTicket(text: string): PhotoTicket {
  if (text.length > MAX_TEXT)
    throw new InputError('too-large', `a DataMatrix symbol has at most ${MAX_TEXT} characters`, {
      offset: MAX_TEXT,
    });
  const reader = new ByteReader(decodeBase64(text.trimEnd()));
  if (reader.peek() !== MAGIC)
    throw new InputError('malformed', 'this is no barcode of an E-Passfoto (TR-03170)', {
      offset: 0,
      remedy: 'scan the DataMatrix symbol on the print of the photographer',
    });
  reader.skip(1);
  if (reader.u8() !== VERSION)
    throw new InputError('unsupported', 'the barcode has a version other than 1', {
      offset: 1,
      remedy: 'ask the photographer for a barcode of version 1, or update the software',
    });
  const address = readAddress(reader);
  const photoId = uuidOf(reader.bytes(16));
  const algorithmAt = reader.offset + 1;
  const algorithm = algorithmOf(reader.bytes(reader.u8()), algorithmAt);
  const ivAt = reader.offset + 1;
  const iv = reader.bytes(reader.u8());
  const paddingAt = reader.offset + 1;
  const padding = paddingOf(reader.bytes(reader.u8()), algorithm, paddingAt);
  const keyAt = reader.offset + 1;
  const key = reader.bytes(reader.u8());
  checkKeyAndIv(algorithm, { key, keyAt, iv, ivAt });
  reader.expectEnd();
  return new PhotoTicket({ address, photoId, algorithm, padding, iv: iv.slice(), key: key.slice() });
}

function readAddress(reader: ByteReader): URL {
  const lengthAt = reader.offset;
  const length = reader.u8();
  if (length === 0 || length > MAX_URL)
    throw new InputError('out-of-range', `the address of the cloud has 1 to ${MAX_URL} characters`, {
      offset: lengthAt,
    });
  const offset = reader.offset;
  const text = reader.ascii(length);
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (address === undefined || !/^[\x21-\x7e]+$/.test(text))
    throw new InputError('malformed', 'the address of the cloud is no URL', { offset });
  if (address.protocol !== 'https:' || address.username !== '' || address.password !== '')
    throw new InputError(
      'not-allowed',
      'the address of the cloud is not https, or holds a name or password',
      {
        offset,
        remedy: 'do not fetch this photo; tell the photographer that the barcode is wrong',
      },
    );
  return address;
}

function uuidOf(bytes: Uint8Array): string {
  return encodeHex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
