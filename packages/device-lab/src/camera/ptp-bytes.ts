/** Container types of PTP over USB (PIMA 15740:2000, annex D). */
export const CONTAINER = { command: 1, data: 2, response: 3, event: 4 } as const;
/** Length, type, code and transaction, in bytes. */
export const CONTAINER_HEAD = 12;

/** Writes the little-endian numbers, strings and arrays of PTP datasets. */
export class PtpWriter {
  readonly #bytes: number[] = [];

  u8(...values: readonly number[]): this {
    this.#bytes.push(...values);
    return this;
  }

  u16(...values: readonly number[]): this {
    for (const value of values) this.#bytes.push(value & 0xff, (value >>> 8) & 0xff);
    return this;
  }

  u32(...values: readonly number[]): this {
    for (const value of values) this.u16(value & 0xffff, value >>> 16);
    return this;
  }

  /** Number of characters with the final zero, then UTF-16; an empty string is one zero byte. */
  text(text: string): this {
    if (text === '') return this.u8(0);
    this.u8(text.length + 1);
    for (const unit of Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))) this.u16(unit);
    return this.u16(0);
  }

  u16s(values: readonly number[]): this {
    return this.u32(values.length).u16(...values);
  }

  u32s(values: readonly number[]): this {
    return this.u32(values.length).u32(...values);
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

/** One container with `payload`. */
export function container(
  type: (typeof CONTAINER)[keyof typeof CONTAINER],
  code: number,
  transaction: number,
  payload: Uint8Array,
): Uint8Array {
  const head = new PtpWriter()
    .u32(CONTAINER_HEAD + payload.length)
    .u16(type, code)
    .u32(transaction);
  const bytes = new Uint8Array(CONTAINER_HEAD + payload.length);
  bytes.set(head.bytes());
  bytes.set(payload, CONTAINER_HEAD);
  return bytes;
}

/** A command as the host sends it. */
export interface PtpCommand {
  readonly code: number;
  readonly transaction: number;
  readonly parameters: readonly number[];
}

/** The command in `bytes`, undefined when they are none. */
export function readCommand(bytes: Uint8Array): PtpCommand | undefined {
  if (bytes.length < CONTAINER_HEAD || bytes.length > CONTAINER_HEAD + 20 || bytes.length % 4 !== 0) {
    return undefined;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== bytes.length || view.getUint16(4, true) !== CONTAINER.command) {
    return undefined;
  }
  const count = (bytes.length - CONTAINER_HEAD) / 4;
  return {
    code: view.getUint16(6, true),
    transaction: view.getUint32(8, true),
    parameters: Array.from({ length: count }, (_, i) => view.getUint32(CONTAINER_HEAD + 4 * i, true)),
  };
}
