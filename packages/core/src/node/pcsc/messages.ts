import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import { DeviceError } from '../../device-error.js';

/**
 * The messages of pcsc-lite's local socket, protocol 4.4 to 4.6: a request is a header (size, command), a structure of
 * that size, and for some commands bytes behind it; an answer is the structure again, filled in, without a header.
 * Numbers are 32 bits in the order of the computer, little-endian on x86-64 and arm64. Source of layouts and numbers:
 * pcsc-lite 1.9.9 and 2.5.1, `winscard_msg.h`, `pcsclite.h`.
 */
export const COMMAND = {
  establishContext: 0x01,
  connect: 0x04,
  disconnect: 0x06,
  transmit: 0x09,
  control: 0x0a,
  getAttribute: 0x0f,
  version: 0x11,
  getReadersState: 0x12,
  waitReaderStateChange: 0x13,
  stopWaitingReaderStateChange: 0x14,
} as const;

/** How to share a reader; `direct` is the reader itself, with or without a card (SCARD_SHARE_…). */
export const MODE = { exclusive: 1, shared: 2, direct: 3 } as const;
/** What to do with the card at the end (SCARD_LEAVE_CARD, SCARD_RESET_CARD). */
export const DISPOSITION = { leave: 0, reset: 1 } as const;
/** Protocols that are asked for: none for the reader itself, T=0 or T=1 for a card. */
export const PROTOCOLS = { none: 0, any: 0b11 } as const;

/** The most bytes of a command or an answer (MAX_BUFFER_SIZE_EXTENDED): 64 KiB, head, lengths and status. */
export const MOST_BYTES = 65_548;
/** The most bytes of an attribute (MAX_BUFFER_SIZE). */
const ATTRIBUTE_BYTES = 264;
/** Bytes of a reader's name with the NUL behind it (MAX_READERNAME). */
const NAME_BYTES = 128;
/** Size of SCARD_IO_REQUEST, which clients of 64 bits send; nobody reads it. */
const PCI_BYTES = 16;
const SCOPE_SYSTEM = 2;

/** An answer: its size, and how it is read. Reading throws `InputError` for values that cannot be. */
export interface Answer<T> {
  readonly bytes: number;
  readonly read: (reader: ByteReader) => T;
}

/** What every answer ends with: the return code of PC/SC, 0 for success. */
interface Returned {
  readonly returnCode: number;
}

/** The reader of an answer of `bytes` bytes. */
export function readAnswer<T>(answer: Answer<T>, bytes: Uint8Array): T {
  return answer.read(new ByteReader(bytes, { order: 'little' }));
}

/** A request whose structure is `body`, with `behind` after it. */
export function request(command: number, body: ByteWriter, behind?: Uint8Array): Uint8Array {
  const out = writer().u32(body.length).u32(command).bytes(body.toBytes());
  return (behind === undefined ? out : out.bytes(behind)).toBytes();
}

/** A request that is its header alone. */
export function bareRequest(command: number): Uint8Array {
  return request(command, writer());
}

/** "I speak this version": CMD_VERSION. */
export function versionRequest(major: number, minor: number): Uint8Array {
  return request(COMMAND.version, writer().i32(major).i32(minor).u32(0));
}

export const VERSION: Answer<Returned & { readonly major: number; readonly minor: number }> = {
  bytes: 12,
  read: (reader) => ({ major: reader.i32(), minor: reader.i32(), returnCode: reader.u32() }),
};

export function establishRequest(): Uint8Array {
  return request(COMMAND.establishContext, writer().u32(SCOPE_SYSTEM).u32(0).u32(0));
}

export const ESTABLISHED: Answer<Returned & { readonly context: number }> = {
  bytes: 12,
  read: (reader) => {
    reader.skip(4);
    return { context: reader.u32(), returnCode: reader.u32() };
  },
};

/** Asks for the reader `name`; throws `invalid-request` for a name that is none. */
export function connectRequest(context: number, name: string, mode: number, protocols: number): Uint8Array {
  const text = new TextEncoder().encode(name);
  if (text.length === 0 || text.length >= NAME_BYTES || text.includes(0)) {
    throw new DeviceError('invalid-request', `a reader's name has 1 to ${NAME_BYTES - 1} bytes`, {
      path: 'reader',
    });
  }
  const field = new Uint8Array(NAME_BYTES);
  field.set(text);
  const body = writer().u32(context).bytes(field).u32(mode).u32(protocols);
  return request(COMMAND.connect, body.i32(0).u32(0).u32(0));
}

export const CONNECTED: Answer<Returned & { readonly handle: number; readonly protocol: number }> = {
  bytes: 4 + NAME_BYTES + 20,
  read: (reader) => {
    reader.skip(4 + NAME_BYTES + 8);
    return { handle: reader.i32(), protocol: reader.u32(), returnCode: reader.u32() };
  },
};

export function disconnectRequest(handle: number, disposition: number): Uint8Array {
  return request(COMMAND.disconnect, writer().i32(handle).u32(disposition).u32(0));
}

export const DISCONNECTED: Answer<Returned> = {
  bytes: 12,
  read: (reader) => {
    reader.skip(8);
    return { returnCode: reader.u32() };
  },
};

/** `command` to the card, in the protocol that was agreed on when it was connected. */
export function transmitRequest(handle: number, protocol: number, command: Uint8Array): Uint8Array {
  const body = writer().i32(handle).u32(protocol).u32(PCI_BYTES).u32(command.length);
  body.u32(protocol).u32(PCI_BYTES).u32(MOST_BYTES).u32(0);
  return request(COMMAND.transmit, body, checkedLength(command));
}

/** So many bytes of data follow the answer when the return code is 0, none otherwise. */
export type DataFollows = Returned & { readonly dataBytes: number };

export const TRANSMITTED: Answer<DataFollows> = {
  bytes: 32,
  read: (reader) => {
    reader.skip(24);
    return dataFollows(reader, MOST_BYTES);
  },
};

/** SCardControl: `code` and `data` go to the reader's driver as they are. */
export function controlRequest(handle: number, code: number, data: Uint8Array): Uint8Array {
  const body = writer().i32(handle).u32(code).u32(data.length).u32(MOST_BYTES).u32(0).u32(0);
  return request(COMMAND.control, body, checkedLength(data));
}

export const CONTROLLED: Answer<DataFollows> = {
  bytes: 24,
  read: (reader) => {
    reader.skip(16);
    return dataFollows(reader, MOST_BYTES);
  },
};

export function attributeRequest(handle: number, id: number): Uint8Array {
  const body = writer().i32(handle).u32(id).bytes(new Uint8Array(ATTRIBUTE_BYTES));
  return request(COMMAND.getAttribute, body.u32(ATTRIBUTE_BYTES).u32(0));
}

export const ATTRIBUTE: Answer<Returned & { readonly value: Uint8Array }> = {
  bytes: 16 + ATTRIBUTE_BYTES,
  read: (reader) => {
    reader.skip(8);
    const field = reader.bytes(ATTRIBUTE_BYTES);
    const { dataBytes, returnCode } = dataFollows(reader, ATTRIBUTE_BYTES);
    return { value: field.slice(0, dataBytes), returnCode };
  },
};

/** What ends a wait for a change: the change, or that nobody waits any more. */
export const WAITED: Answer<Returned> = {
  bytes: 8,
  read: (reader) => {
    reader.skip(4);
    return { returnCode: reader.u32() };
  },
};

/** The length counts only with success: otherwise the service leaves in it what it wanted. */
function dataFollows(reader: ByteReader, most: number): DataFollows {
  const offset = reader.offset;
  const dataBytes = reader.u32();
  const returnCode = reader.u32();
  if (returnCode !== 0) return { dataBytes: 0, returnCode };
  if (dataBytes > most) {
    throw new InputError('out-of-range', `${dataBytes} bytes are announced, ${most} may follow`, { offset });
  }
  return { dataBytes, returnCode };
}

function checkedLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MOST_BYTES) return bytes;
  throw new DeviceError('invalid-request', `a command has at most ${MOST_BYTES} bytes`, { path: 'command' });
}

function writer(): ByteWriter {
  return new ByteWriter('little');
}
