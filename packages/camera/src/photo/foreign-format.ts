import { InputError } from '@buergerkoffer/formats';

/** What a file is that begins with this text, as Latin-1, at this offset; the first that fits. */
const BEGINNINGS: readonly (readonly [offset: number, text: string, name: string])[] = [
  [4, 'ftypavi', 'an AVIF photo'],
  [4, 'ftypcrx', 'a raw photo (CR3)'],
  [4, 'ftyphe', 'a HEIC photo'],
  [4, 'ftypmif1', 'a HEIC photo'],
  [4, 'ftypmsf1', 'a HEIC photo'],
  [4, 'ftyp', 'a video'],
  [8, 'CR\x02\0', 'a raw photo (CR2)'],
  [0, 'II*\0', 'a TIFF or raw photo'],
  [0, 'MM\0*', 'a TIFF or raw photo'],
  [0, 'IIU\0', 'a raw photo (RW2)'],
  [0, 'IIRO', 'a raw photo (ORF)'],
  [0, 'IIRS', 'a raw photo (ORF)'],
  [0, 'FUJIFILMCCD-RAW', 'a raw photo (RAF)'],
  [8, 'WEBP', 'a WebP photo'],
  [4, 'JXL ', 'a JPEG XL photo'],
  [0, '\xff\x0a', 'a JPEG XL photo'],
  [0, '\0\0\0\x0cjP  ', 'a JPEG 2000 photo'],
  [0, '\xff\x4f\xff\x51', 'a JPEG 2000 photo'],
  [0, 'GIF8', 'a GIF picture'],
  [0, 'BM', 'a BMP picture'],
  [0, '%PDF', 'a PDF document'],
];
const LOOKED_AT_BYTES = 24;

/** Why bytes that are neither JPEG nor PNG are no photo here: `InputError('unsupported')` that names what they are. */
export function foreignFormat(bytes: Uint8Array): InputError {
  if (bytes.length === 0)
    return new InputError('truncated', 'the file is empty', {
      remedy: 'copy the photo from the camera again',
      offset: 0,
    });
  const head = String.fromCharCode(...bytes.subarray(0, LOOKED_AT_BYTES));
  const name = BEGINNINGS.find(([offset, text]) => head.startsWith(text, offset))?.[2];
  const what =
    name === undefined
      ? 'the file is neither a JPEG nor a PNG photo'
      : `the file is ${name}; JPEG and PNG are read`;
  return new InputError('unsupported', what, {
    remedy: 'set the camera or the phone to JPEG, or save the photo as JPEG or PNG',
    offset: 0,
  });
}
