import { InputError } from './error.js';

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The bytes in small hexadecimal digits. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (HEX[byte >> 4] ?? '') + (HEX[byte & 0x0f] ?? '');
  return text;
}

/** Bytes of hexadecimal digits, large or small; anything else, spaces too, is `InputError('malformed')`. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> {
  const wrong = text.search(/[^0-9a-fA-F]/);
  if (wrong >= 0) throw foreign('hexadecimal', wrong);
  if (text.length % 2 !== 0) {
    throw new InputError('truncated', 'hexadecimal digits come in pairs', { offset: text.length });
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index += 1) {
    bytes[index] = Number.parseInt(text.slice(2 * index, 2 * index + 2), 16);
  }
  return bytes;
}

/** The bytes in Base64 with padding, without line breaks (RFC 4648, 4). */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encode64(bytes, BASE64);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/**
 * Bytes of Base64 with padding (RFC 4648, 4). White space, missing padding, foreign characters and
 * bits that carry nothing but are set are `InputError('malformed')` with the position.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const digits = text.replace(/={1,2}$/, '');
  const bytes = decode64(digits, BASE64_VALUES, 'Base64');
  if (text.length % 4 !== 0) {
    throw new InputError('malformed', 'Base64 is padded to groups of 4', { offset: text.length });
  }
  return bytes;
}

/** The bytes in Base64 for addresses, without padding (RFC 4648, 5). */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encode64(bytes, BASE64URL);
}

/** Bytes of Base64 for addresses, without padding (RFC 4648, 5); as strict as {@link decodeBase64}. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return decode64(text, BASE64URL_VALUES, 'Base64url');
}

const BASE64_VALUES = valuesOf(BASE64);
const BASE64URL_VALUES = valuesOf(BASE64URL);

function valuesOf(alphabet: string): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let index = 0; index < alphabet.length; index += 1) values[alphabet.charCodeAt(index)] = index;
  return values;
}

function encode64(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = Math.min(bytes.length - at, 3) + 1;
    for (let digit = 0; digit < digits; digit += 1) {
      text += alphabet[(group >> (18 - 6 * digit)) & 0x3f] ?? '';
    }
  }
  return text;
}

function decode64(text: string, values: Int8Array, name: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let bitCount = 0;
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const value = values[text.charCodeAt(index)] ?? -1;
    if (value < 0) throw foreign(name, index);
    bits = ((bits << 6) | value) & 0xfff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[length] = (bits >> bitCount) & 0xff;
      length += 1;
    }
  }
  if (text.length % 4 === 1) {
    throw new InputError('truncated', `one ${name} digit alone is no byte`, { offset: text.length });
  }
  if ((bits & ((1 << bitCount) - 1)) !== 0) {
    throw new InputError('malformed', `the last ${name} digit has bits that carry nothing`, {
      offset: text.length - 1,
    });
  }
  return bytes;
}

function foreign(name: string, offset: number): InputError {
  return new InputError('malformed', `character ${offset} is no ${name} digit`, { offset });
}
