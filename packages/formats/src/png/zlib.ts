import { InputError } from '../error.js';

/** Bytes that are handed to the inflater at a time: a bomb is stopped after at most this much input. */
const SLICE = 16_384;

/** Deflate makes at most this many bytes of one (258 of two bits): a header that claims more is refused before memory is taken. */
const MAX_RATIO = 1032;

/**
 * Inflates a zlib stream (RFC 1950) to exactly `length` bytes.
 * A stream that yields more is stopped at once with `InputError('malformed')`; one that is whole but yields less
 * is `truncated`, one that is cut off or damaged `malformed`.
 */
export async function inflateExactly(
  pieces: readonly Uint8Array[],
  length: number,
  offset: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const available = pieces.reduce((sum, piece) => sum + piece.length, 0);
  if (length > available * MAX_RATIO) throw tooShort('fewer than', available * MAX_RATIO, length, offset);
  const result = new Uint8Array(length);
  let filled = 0;
  const reader = slicesOf(pieces).pipeThrough(new DecompressionStream('deflate')).getReader();
  for (;;) {
    const piece = await nextPiece(reader, offset);
    if (piece === undefined) break;
    if (filled + piece.length > length) {
      // The writing side rejects when it is cancelled; that is the purpose here.
      await reader.cancel().catch(() => undefined);
      throw new InputError('malformed', `the compressed data holds more than ${length} bytes`, { offset });
    }
    result.set(piece, filled);
    filled += piece.length;
  }
  if (filled < length) throw tooShort('only', filled, length, offset);
  return result;
}

/** What came out of a zlib stream that was given a limit. */
export interface Inflated {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** False where the stream is cut off or damaged after these bytes, or something else follows it. */
  readonly whole: boolean;
}

/**
 * Inflates as much of a zlib stream (RFC 1950) as there is, for files that others damaged: what comes before the damage is kept.
 * A stream that yields more than `limit` bytes is stopped at once with `InputError('too-large')`.
 */
export async function inflateAtMost(bytes: Uint8Array, limit: number, offset = 0): Promise<Inflated> {
  const pieces: Uint8Array[] = [];
  let filled = 0;
  const reader = slicesOf([bytes]).pipeThrough(new DecompressionStream('deflate')).getReader();
  let whole = true;
  for (;;) {
    const piece = await nextPiece(reader, offset).catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      whole = false;
      return undefined;
    });
    if (piece === undefined) break;
    filled += piece.length;
    if (filled > limit) {
      await reader.cancel().catch(() => undefined);
      throw new InputError('too-large', `the compressed data holds more than ${limit} bytes`, { offset });
    }
    pieces.push(piece);
  }
  return { bytes: joined(pieces), whole };
}

/** The bytes as a zlib stream (RFC 1950). */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new CompressionStream('deflate');
  const writer = writable.getWriter();
  const written = Promise.all([writer.write(new Uint8Array(bytes)), writer.close()]);
  const pieces: Uint8Array[] = [];
  const reader = readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) pieces.push(next.value);
  await written;
  return joined(pieces);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    result.set(piece, at);
    at += piece.length;
  }
  return result;
}

async function nextPiece(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  offset: number,
): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (cause) {
    throw new InputError('malformed', 'the compressed data is cut off or damaged', { offset, cause });
  }
}

function tooShort(how: string, there: number, length: number, offset: number): InputError {
  return new InputError('truncated', `of ${length} bytes the compressed data holds ${how} ${there}`, {
    offset,
  });
}

function slicesOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  let piece = 0;
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller): void {
        let bytes = pieces[piece];
        while (bytes !== undefined && at >= bytes.length) {
          piece += 1;
          at = 0;
          bytes = pieces[piece];
        }
        if (bytes === undefined) {
          controller.close();
          return;
        }
        controller.enqueue(bytes.slice(at, at + SLICE));
        at += SLICE;
      },
    },
    { highWaterMark: 0 },
  );
}
