import { createHash } from 'node:crypto';

/** What every artefact says of its bytes. */
export interface Stored {
  readonly mediaType: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** The reference to `bytes`. */
export function stored(mediaType: string, bytes: Uint8Array): Stored {
  return { mediaType, sha256: createHash('sha256').update(bytes).digest('hex'), sizeBytes: bytes.length };
}

/** What stands for a quality that nobody assessed; never a number. */
export function notAssessed(reason: string) {
  return { assessment: 'not-assessed', reason } as const;
}

/** A UUID that is always the same for the same words: the identity of a print job before and after a crash. */
export function uuidOf(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
