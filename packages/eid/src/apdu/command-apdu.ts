import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';

/** A command to a card (ISO/IEC 7816-4, 5.1). */
export interface CommandApdu {
  /** Class byte, 0 to 254. */
  readonly cla: number;
  /** Instruction, 0 to 255. */
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Up to 65 535 bytes; absent or empty is no data field. */
  readonly data?: Uint8Array;
  /** Most bytes that the answer may have, 1 to 65 536; absent when none is expected. */
  readonly le?: number;
}

/** How lengths are written: in one byte, or in three and two. */
export type ApduForm = 'short' | 'extended';

const SHORT = { data: 255, le: 256 } as const;
const EXTENDED = { data: 65_535, le: 65_536 } as const;

/** The shortest form that holds `command`. */
export function apduForm(command: CommandApdu): ApduForm {
  const fits = (command.data?.length ?? 0) <= SHORT.data && (command.le ?? 0) <= SHORT.le;
  return fits ? 'short' : 'extended';
}

/** The bytes of `command` in `form`, by default the shortest; `out-of-range` when it does not fit, with the field as path. */
export function encodeCommand(
  command: CommandApdu,
  form: ApduForm = apduForm(command),
): Uint8Array<ArrayBuffer> {
  const { data = new Uint8Array(), le } = command;
  const limit = form === 'short' ? SHORT : EXTENDED;
  if (data.length > limit.data)
    throw outOfRange('data', `a ${form} command holds ${limit.data} bytes of data`);
  if (le !== undefined && !(Number.isInteger(le) && le >= 1 && le <= limit.le)) {
    throw outOfRange('le', `le of a ${form} command is 1 to ${limit.le}`);
  }
  if (command.cla === 0xff) throw outOfRange('cla', 'FF is no class byte');
  const writer = new ByteWriter().u8(command.cla).u8(command.ins).u8(command.p1).u8(command.p2);
  if (form === 'short') {
    if (data.length > 0) writer.u8(data.length).bytes(data);
    if (le !== undefined) writer.u8(le % 256);
  } else {
    if (data.length > 0 || le !== undefined) writer.u8(0);
    if (data.length > 0) writer.u16(data.length).bytes(data);
    if (le !== undefined) writer.u16(le % 65_536);
  }
  return writer.toBytes();
}

/**
 * The command that `bytes` are, in either form. Errors with the offset: `truncated`, `malformed` for lengths that do not
 * fit the number of bytes, `too-large` beyond 65 544 bytes (ISO/IEC 7816-4, 5.1, cases 1 to 4 short and extended).
 */
export function decodeCommand(bytes: Uint8Array): CommandApdu {
  const longest = 4 + 3 + EXTENDED.data + 2;
  if (bytes.length > longest) {
    throw new InputError('too-large', `a command has at most ${longest} bytes`, { offset: longest });
  }
  const reader = new ByteReader(bytes);
  const header = { cla: reader.u8(), ins: reader.u8(), p1: reader.u8(), p2: reader.u8() };
  if (reader.remaining === 0) return header;
  const first = reader.u8();
  if (reader.remaining === 0) return { ...header, le: first === 0 ? SHORT.le : first };
  return first === 0 ? { ...header, ...extendedBody(reader) } : { ...header, ...shortBody(reader, first) };
}

function shortBody(reader: ByteReader, length: number): Pick<CommandApdu, 'data' | 'le'> {
  const data = reader.bytes(length);
  if (reader.remaining === 0) return { data };
  const le = reader.u8();
  reader.expectEnd();
  return { data, le: le === 0 ? SHORT.le : le };
}

function extendedBody(reader: ByteReader): Pick<CommandApdu, 'data' | 'le'> {
  const length = reader.u16();
  if (reader.remaining === 0) return { le: length === 0 ? EXTENDED.le : length };
  if (length === 0) {
    throw new InputError('malformed', 'an extended data field has no bytes', { offset: reader.offset - 2 });
  }
  const data = reader.bytes(length);
  if (reader.remaining === 0) return { data };
  const le = reader.u16();
  reader.expectEnd();
  return { data, le: le === 0 ? EXTENDED.le : le };
}

function outOfRange(path: string, message: string): InputError {
  return new InputError('out-of-range', message, { path });
}
