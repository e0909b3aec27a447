import { InputError, type ByteReader, type ByteWriter } from '@buergerkoffer/formats';

/** Reads a number as files hold it: a decimal exponent, then 16 bits (IAFIS-IC-0110 V3, B.2.1). */
export function readScaled(reader: ByteReader): number {
  const exponent = reader.u8();
  return reader.u16() / 10 ** exponent;
}

/**
 * Writes a number of 0 to 65,535 with as many digits as 16 bits take; a number outside is
 * `InputError('out-of-range')`. Returns what a reader gets.
 */
export function writeScaled(writer: ByteWriter, value: number): number {
  if (!(value >= 0 && value <= 65_535)) {
    throw new InputError('out-of-range', 'a scaled number is 0 to 65535', { path: 'scaled' });
  }
  let exponent = 0;
  if (value > 0) {
    while (exponent < 255 && Math.round(value * 10 ** (exponent + 1)) <= 65_535) exponent += 1;
  }
  const digits = Math.round(value * 10 ** exponent);
  writer.u8(exponent).u16(digits);
  return digits / 10 ** exponent;
}
