import { decodeBase64, InputError } from '@buergerkoffer/formats';

/** The kinds of binary values that travel. Elements of several bytes are little-endian. */
export const BINARY_TYPES = [
  'Uint8Array',
  'Uint8ClampedArray',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'Float32Array',
  'Float64Array',
  'ArrayBuffer',
] as const;

type BinaryType = (typeof BINARY_TYPES)[number];

/** A binary value as JSON can hold it. */
export interface EncodedBinary {
  readonly type: BinaryType;
  readonly base64: string;
}

/** `value` as base64 with its type, or undefined when it is nothing binary of these types. */
export function encodeBinary(value: object): EncodedBinary | undefined {
  if (value instanceof ArrayBuffer) return { type: 'ArrayBuffer', base64: base64Of(new Uint8Array(value)) };
  if (!ArrayBuffer.isView(value)) return undefined;
  const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  // Subclasses, Node's Buffer among them, arrive as the type of the standard.
  const type = BINARY_TYPES.find((name) => Object.prototype.toString.call(value) === `[object ${name}]`);
  return type === undefined ? undefined : { type, base64: base64Of(bytes) };
}

/** The binary value of `type` and `base64`; `InputError('malformed')` when either is wrong. */
export function decodeBinary(type: unknown, base64: unknown, path: string): ArrayBuffer | ArrayBufferView {
  if (typeof base64 !== 'string') throw broken(path, 'binary data without base64');
  const buffer = bytesOf(base64, path).buffer;
  try {
    switch (type) {
      case 'Uint8Array':
        return new Uint8Array(buffer);
      case 'Uint8ClampedArray':
        return new Uint8ClampedArray(buffer);
      case 'Int8Array':
        return new Int8Array(buffer);
      case 'Uint16Array':
        return new Uint16Array(buffer);
      case 'Int16Array':
        return new Int16Array(buffer);
      case 'Uint32Array':
        return new Uint32Array(buffer);
      case 'Int32Array':
        return new Int32Array(buffer);
      case 'Float32Array':
        return new Float32Array(buffer);
      case 'Float64Array':
        return new Float64Array(buffer);
      case 'ArrayBuffer':
        return buffer;
      default:
        throw broken(path, 'binary data of an unknown type');
    }
  } catch (error) {
    if (error instanceof RangeError) throw broken(path, 'binary data that ends within an element');
    throw error;
  }
}

/** How many bytes are turned into text at once: a multiple of three, small enough for an argument list. */
const CHUNK_BYTES = 12_288;

function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES))));
  }
  return parts.join('');
}

function bytesOf(base64: string, path: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = decodeBase64(base64);
    return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
  } catch {
    throw broken(path, 'binary data that is not base64');
  }
}

function broken(path: string, what: string): InputError {
  return new InputError('malformed', what, { path });
}
