/** Kinds of image file that are told by their first bytes. */
export type ImageKind =
  'png' | 'jpeg' | 'jp2' | 'j2k' | 'wsq' | 'pgm' | 'ppm' | 'bmp' | 'gif' | 'tiff' | 'webp' | 'heic' | 'pdf';

type Signature = readonly [kind: ImageKind, offset: number, text: string];

/** First bytes as Latin-1 text, in the order in which they are tried. */
const SIGNATURES: readonly Signature[] = [
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['jp2', 0, '\0\0\0\x0cjP  \r\n\x87\n'],
  ['j2k', 0, '\xff\x4f\xff\x51'],
  ['wsq', 0, '\xff\xa0\xff'],
  ['gif', 0, 'GIF8'],
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['webp', 8, 'WEBP'],
  ['heic', 4, 'ftyphei'],
  ['heic', 4, 'ftypmif1'],
  ['pdf', 0, '%PDF-'],
  ['bmp', 0, 'BM'],
];

/** The kind of image that the bytes begin like, `undefined` when none is known; it does not prove that the rest is sound. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 16));
  if (/^P[25][\s#]/.test(head)) return 'pgm';
  if (/^P[36][\s#]/.test(head)) return 'ppm';
  return SIGNATURES.find(([, offset, text]) => head.startsWith(text, offset))?.[0];
}
