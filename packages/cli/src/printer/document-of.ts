import { InputError } from '@buergerkoffer/formats';
import type { PrintDocument } from '@buergerkoffer/print';

/** What files begin with, and what they are then. */
const KINDS = [
  ['%PDF-', 'application/pdf'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['RaS2', 'image/pwg-raster'],
  ['UNIRAST', 'image/urf'],
] as const;

/** The document that `bytes` are; `unsupported` where their beginning does not tell and no `format` was given. */
export function documentOf(bytes: Uint8Array, format: string | undefined, file: string): PrintDocument {
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const mediaType = format ?? KINDS.find(([magic]) => start.startsWith(magic))?.[1];
  if (mediaType !== undefined) return { bytes, mediaType };
  throw new InputError('unsupported', 'the file is no PDF, JPEG, PWG raster or URF', {
    path: file,
    remedy: 'make a PDF of it, or name its MIME type with --format',
  });
}
