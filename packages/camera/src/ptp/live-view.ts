import { InputError } from '@buergerkoffer/formats';
import { datasetReader } from './fields.js';

/** Kinds of records that hold a JPEG: of a still, of a film, and of newer bodies. */
const JPEG_RECORDS: readonly number[] = [1, 9, 11];
const RECORD_HEAD_BYTES = 8;
/** Nikon puts 64 to 1024 bytes of focus and zoom in front of the JPEG. */
const MAX_NIKON_HEAD_BYTES = 4096;

/**
 * The JPEG in an answer to Canon's GetViewFinderData: records of a size and a kind. Undefined where none of them is a
 * picture. InputError `truncated` or `out-of-range` with the offset.
 */
export function readEosViewFinder(bytes: Uint8Array): Uint8Array | undefined {
  const reader = datasetReader(bytes);
  while (reader.remaining > 0) {
    const { offset } = reader;
    const size = reader.u32();
    const kind = reader.u32();
    if (size < RECORD_HEAD_BYTES) {
      throw new InputError('out-of-range', `a record of ${size} bytes`, { offset });
    }
    const picture = reader.bytes(size - RECORD_HEAD_BYTES);
    if (JPEG_RECORDS.includes(kind)) return picture;
  }
  return undefined;
}

/** The JPEG behind the head of Nikon's GetLiveViewImg, whose length depends on the model; undefined without one. */
export function readNikonLiveView(bytes: Uint8Array): Uint8Array | undefined {
  for (let at = 0; at + 2 < bytes.length && at <= MAX_NIKON_HEAD_BYTES; at += 1) {
    if (bytes[at] === 0xff && bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff) return bytes.subarray(at);
  }
  return undefined;
}
