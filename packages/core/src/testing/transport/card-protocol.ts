import { ByteReader, ByteWriter } from '@buergerkoffer/formats';

/** The card that the suite talks to. */
export const CARD_REFERENCE = {
  /** T=1, no historical bytes (ISO/IEC 7816-3, 8.2). */
  atr: Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01),
  /** Its commands are of a proprietary class (ISO/IEC 7816-4, 5.4.1). */
  cla: 0x80,
} as const;

/** Commands (INS). All others are answered by 6D00, in another class by 6E00. */
export const CARD_COMMAND = {
  /** Answers the data of the command. */
  echo: 0x10,
  /** Data: length and seed, 2 × u32. Answers so many pattern bytes. */
  answer: 0x12,
  /** Data: milliseconds, u32. Answers nothing after so long. */
  wait: 0x14,
  /** Answers how many commands the card has done, u32; this one counts. */
  count: 0x16,
} as const;

/** Status words (ISO/IEC 7816-4, 5.6). */
export const CARD_STATUS = {
  done: 0x9000,
  wrongLength: 0x6700,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
} as const;

/** The most bytes that a command carries. */
export const CARD_DATA_BYTES = 65_535;
/** The most bytes that an answer carries, without its status. */
export const CARD_ANSWER_BYTES = 65_536;

/** A command as it travels; `answers` is how many bytes may come back. Short where it fits (ISO/IEC 7816-4, 5.1). */
export function cardCommand(ins: number, data: Uint8Array, answers: number): Uint8Array {
  const out = new ByteWriter().u8(CARD_REFERENCE.cla).u8(ins).u16(0);
  const extended = data.length > 255 || answers > 256;
  if (!extended) {
    if (data.length > 0) out.u8(data.length).bytes(data);
    if (answers > 0) out.u8(answers % 256);
    return out.toBytes();
  }
  out.u8(0);
  if (data.length > 0) out.u16(data.length).bytes(data);
  if (answers > 0) out.u16(answers % 65_536);
  return out.toBytes();
}

/** Numbers as the data of commands carries them: u32 each, big-endian. */
export function cardNumbers(...numbers: readonly number[]): Uint8Array {
  const out = new ByteWriter();
  for (const number of numbers) out.u32(number);
  return out.toBytes();
}

/** An answer taken apart; throws `InputError` for fewer than two bytes. */
export function readCardAnswer(answer: Uint8Array): { readonly data: Uint8Array; readonly status: number } {
  const reader = new ByteReader(answer);
  const data = reader.bytes(Math.max(0, answer.length - 2));
  return { data, status: reader.u16() };
}
