import { InputError } from '@buergerkoffer/formats';

/** A card's answer (ISO/IEC 7816-4, 5.1). */
export interface ResponseApdu {
  /** Up to 65 536 bytes, often none. */
  readonly data: Uint8Array;
  /** Status word SW1 SW2 as one number, such as 0x9000. */
  readonly sw: number;
}

const LONGEST = 65_538;

/** The answer that `bytes` are; fewer than two are `truncated`, more than 65 538 `too-large`. */
export function decodeResponse(bytes: Uint8Array): ResponseApdu {
  if (bytes.length > LONGEST) {
    throw new InputError('too-large', `an answer has at most ${LONGEST} bytes`, { offset: LONGEST });
  }
  const at = bytes.length - 2;
  const [sw1, sw2] = bytes.subarray(Math.max(0, at));
  if (sw1 === undefined || sw2 === undefined) {
    throw new InputError('truncated', 'an answer ends with two bytes of status', { offset: bytes.length });
  }
  return { data: bytes.subarray(0, at), sw: sw1 * 256 + sw2 };
}

/** The bytes of `response`. */
export function encodeResponse(response: ResponseApdu): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(response.data.length + 2);
  bytes.set(response.data);
  bytes.set([response.sw >> 8, response.sw & 0xff], response.data.length);
  return bytes;
}
