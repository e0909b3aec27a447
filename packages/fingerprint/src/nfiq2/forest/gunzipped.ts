import { InputError } from '@buergerkoffer/formats';

/** Bytes that are handed to the inflater at a time: a bomb is stopped after at most this much input. */
const SLICE = 16_384;

/** Whether `bytes` begin as gzip does (RFC 1952). */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Unpacks gzip piece by piece. More than `maxBytes` are `InputError('too-large')`, damaged or cut data
 * `malformed`.
 */
export async function* gunzipped(bytes: Uint8Array, maxBytes: number): AsyncGenerator<Uint8Array> {
  const reader = slices(bytes).pipeThrough(new DecompressionStream('gzip')).getReader();
  let length = 0;
  try {
    for (;;) {
      const piece = await next(reader);
      if (piece === undefined) return;
      length += piece.length;
      if (length > maxBytes) {
        throw new InputError('too-large', `the data unpacks to more than ${maxBytes} bytes`);
      }
      yield piece;
    }
  } finally {
    // The writing side rejects when it is cancelled; that is the purpose here.
    await reader.cancel().catch(() => undefined);
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | undefined> {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (cause) {
    throw new InputError('malformed', 'the gzip data is cut off or damaged', { cause });
  }
}

function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller): void {
        if (at >= bytes.length) {
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
