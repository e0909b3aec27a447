import { ByteReader, InputError } from '@buergerkoffer/formats';
import { DESCRIPTOR } from './descriptor-reader.js';

/**
 * The text of a string descriptor (USB 2.0, 9.6.7). Throws `InputError` with the offset where it is cut short, of
 * odd length or no UTF-16 (a surrogate without its other half).
 */
export function parseUsbString(bytes: Uint8Array): string {
  const body = stringBody(bytes);
  const units: number[] = [];
  while (body.remaining > 0) {
    const at = body.offset;
    const unit = body.u16();
    const isLow = unit >= 0xdc00 && unit < 0xe000;
    const before = units.at(-1) ?? 0;
    const wantsLow = before >= 0xd800 && before < 0xdc00;
    if (isLow !== wantsLow) throw loneSurrogate(isLow ? at : at - 2);
    units.push(unit);
  }
  const last = units.at(-1) ?? 0;
  if (last >= 0xd800 && last < 0xdc00) throw loneSurrogate(body.offset - 2);
  return String.fromCharCode(...units);
}

/** The language ids of string descriptor 0, in the device's order; `0x0409` is US English. Throws `InputError`. */
export function parseUsbLanguages(bytes: Uint8Array): readonly number[] {
  const body = stringBody(bytes);
  const languages: number[] = [];
  while (body.remaining > 0) languages.push(body.u16());
  return languages;
}

/** What is behind length and type: whole 16-bit units, at most 126. */
function stringBody(bytes: Uint8Array): ByteReader {
  const reader = new ByteReader(bytes, { order: 'little' });
  const length = reader.u8();
  const type = reader.u8();
  if (type !== DESCRIPTOR.string || length < 2) {
    throw new InputError('malformed', `no string descriptor (length ${length}, type ${type})`, { offset: 0 });
  }
  if (length % 2 !== 0) {
    throw new InputError('malformed', `a string descriptor of odd length ${length}`, { offset: 0 });
  }
  return reader.sub(length - 2);
}

function loneSurrogate(offset: number): InputError {
  return new InputError('malformed', `half a character at ${offset}: the text is no UTF-16`, { offset });
}
