import { decodeWsq, encodeWsq } from '@buergerkoffer/fingerprint/wsq';
import type { GreyImage } from '@buergerkoffer/formats';

/** As German identity documents take a print: 0.75 bits per pixel, lowered until the file has at most 18,431 bytes. */
export function compressed(print: GreyImage): Uint8Array {
  const { bytes, bitRate } = encodeWsq(print, { bitRate: 0.75, maxBytes: 18_431 });
  const { width, height } = decodeWsq(bytes);
  console.log(`${width} x ${height}: ${bytes.length} bytes at ${bitRate.toFixed(2)} bits per pixel`);
  return bytes;
}
