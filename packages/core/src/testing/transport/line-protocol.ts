import { ByteReader, ByteWriter } from '@buergerkoffer/formats';

/**
 * What the reference device on a line understands. The host speaks in frames, the device answers bytes as they are, so
 * that whatever bytes are asked for travel. A frame is `7E`, then code (1 byte), length of the body (4) and body with
 * each `7E` and `7D` written as `7D` and the byte XOR `20` (RFC 1662, 4.2), then `7E`. What stands between two `7E`
 * and is no whole frame, such as the front half of a write that was aborted, is passed over. Numbers are little-endian.
 */
export const LINE_FRAME = {
  /** Body: 8 bytes. Begins anew: nothing is held, said or counted any more. Answers the body. */
  sync: 1,
  /** Answers the body. */
  echo: 2,
  /** Body: {@link LineSaying}, 4 × u32. Answers pattern bytes, later, in chunks. */
  say: 3,
  /** Counts the body. */
  take: 4,
  /** Answers {@link LineCounts}, 4 × u32. */
  count: 5,
  /** Body: milliseconds, u32. Takes no bytes for so long, beginning behind this frame. */
  hold: 6,
  /** Body: u32. Remembers it until the power goes. */
  setMark: 7,
  /** Answers the mark, u32, 0 at first. */
  getMark: 8,
} as const;

/** Begins and ends a frame (RFC 1662, 4.1). */
export const LINE_FLAG = 0x7e;
/** Stands before a byte that would mean something else (RFC 1662, 4.2). */
export const LINE_ESCAPE = 0x7d;
/** What such a byte is combined with by exclusive or. */
export const LINE_ESCAPED = 0x20;

/** What the device is asked to say. */
export interface LineSaying {
  readonly length: number;
  /** Of the pattern. */
  readonly seed: number;
  /** When it begins, in milliseconds. */
  readonly afterMs: number;
  /** Bytes that are said at once; 0 says all at once. */
  readonly chunk: number;
}

/** What the device has taken since it began anew. */
export interface LineCounts {
  /** Frames of code `take`. */
  readonly frames: number;
  /** Bytes of their bodies. */
  readonly bytes: number;
  /** FNV-1a of their bodies, one behind the other. */
  readonly hash: number;
  /** Frames that were not whole. */
  readonly broken: number;
}

/** A frame as it travels. */
export function lineFrame(code: number, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const plain = new ByteWriter('little').u8(code).u32(body.length).bytes(body).toBytes();
  const stuffed = plain.reduce((count, byte) => count + (isSpecial(byte) ? 1 : 0), 0);
  const frame = new Uint8Array(plain.length + stuffed + 2).fill(LINE_FLAG);
  let at = 1;
  for (const byte of plain) {
    if (isSpecial(byte)) frame[at++] = LINE_ESCAPE;
    frame[at++] = isSpecial(byte) ? byte ^ LINE_ESCAPED : byte;
  }
  return frame;
}

/** Body of a frame of code `say`. */
export function writeLineSaying({ length, seed, afterMs, chunk }: LineSaying): Uint8Array {
  return new ByteWriter('little').u32(length).u32(seed).u32(afterMs).u32(chunk).toBytes();
}

/** Reads what {@link writeLineSaying} writes; throws `InputError` for other bytes. */
export function readLineSaying(bytes: Uint8Array): LineSaying {
  const reader = new ByteReader(bytes, { order: 'little' });
  const [length, seed, afterMs, chunk] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
  return { length, seed, afterMs, chunk };
}

/** Answer to a frame of code `count`. */
export function writeLineCounts({ frames, bytes, hash, broken }: LineCounts): Uint8Array {
  return new ByteWriter('little').u32(frames).u32(bytes).u32(hash).u32(broken).toBytes();
}

/** Reads what {@link writeLineCounts} writes; throws `InputError` for other bytes. */
export function readLineCounts(answer: Uint8Array): LineCounts {
  const reader = new ByteReader(answer, { order: 'little' });
  const [frames, bytes, hash, broken] = [reader.u32(), reader.u32(), reader.u32(), reader.u32()];
  return { frames, bytes, hash, broken };
}

/** A number as frames carry it: u32, little-endian. */
export function u32Bytes(value: number): Uint8Array {
  return new ByteWriter('little').u32(value).toBytes();
}

function isSpecial(byte: number): boolean {
  return byte === LINE_FLAG || byte === LINE_ESCAPE;
}
