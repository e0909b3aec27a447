import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';

/**
 * The two commands that a host sends once it has imported a device, and the two answers (USB/IP 1.1.1, kernel.org
 * Documentation/usb/usbip_protocol.rst). Numbers are big endian, the setup packet is as on the bus.
 */
export type UsbipCommand =
  | {
      readonly type: 'submit';
      readonly seqnum: number;
      readonly devid: number;
      readonly direction: 'in' | 'out';
      readonly endpoint: number;
      /** Bytes that follow the header for OUT, bytes that may come back for IN. */
      readonly length: number;
      readonly setup: Uint8Array;
    }
  | { readonly type: 'unlink'; readonly seqnum: number; readonly devid: number; readonly unlinks: number };

/** Bytes of a command's and of an answer's header. */
export const HEADER_BYTES = 48;
/** The most bytes of one transfer that are taken or given: four times what Linux lets programs have in flight. */
export const TRANSFER_BYTES = 64 * 1024 * 1024;

/** Results of a transfer as Linux numbers them. */
export const URB_STATUS = {
  ok: 0,
  stall: -32, // EPIPE
  overflow: -75, // EOVERFLOW
  unlinked: -104, // ECONNRESET
  disabled: -108, // ESHUTDOWN
  gone: -108, // what host controllers say of a device that was unplugged
} as const;

const COMMAND = { submit: 1, unlink: 2, retSubmit: 3, retUnlink: 4 } as const;
/** `number_of_packets` of a transfer that is not isochronous. */
const NOT_ISOCHRONOUS = 0xffffffff;

/**
 * The command in a header of 48 bytes, `offset` of which in the stream is given. Throws `InputError` with the offset
 * of the fault: an unknown command, direction or endpoint, `too-large` for a length beyond {@link TRANSFER_BYTES},
 * `unsupported` for isochronous transfers.
 */
export function readCommand(header: Uint8Array, offset: number): UsbipCommand {
  const reader = new ByteReader(header, { baseOffset: offset });
  const command = reader.u32();
  const seqnum = reader.u32();
  const devid = reader.u32();
  if (command === COMMAND.unlink) {
    reader.skip(8);
    return { type: 'unlink', seqnum, devid, unlinks: reader.u32() };
  }
  if (command !== COMMAND.submit) throw malformed(`command ${command} is not known`, offset);
  const direction = field(reader, 1, 'direction') === 0 ? 'out' : 'in';
  const endpoint = field(reader, 15, 'endpoint');
  reader.skip(4);
  const lengthAt = reader.offset;
  const length = reader.u32();
  if (length > TRANSFER_BYTES) {
    throw new InputError('too-large', `a transfer of ${length} bytes, ${TRANSFER_BYTES} are allowed`, {
      offset: lengthAt,
    });
  }
  reader.skip(4);
  const packetsAt = reader.offset;
  const packets = reader.u32();
  if (packets !== 0 && packets !== NOT_ISOCHRONOUS) {
    throw new InputError('unsupported', 'isochronous transfers are not supported', { offset: packetsAt });
  }
  reader.skip(4);
  return { type: 'submit', seqnum, devid, direction, endpoint, length, setup: reader.bytes(8) };
}

/** The header of RET_SUBMIT; `actual` bytes of data follow it for IN, none for OUT. */
export function writeReturn(seqnum: number, status: number, actual: number): Uint8Array {
  const out = new ByteWriter().u32(COMMAND.retSubmit).u32(seqnum).u32(0).u32(0).u32(0);
  return out.i32(status).u32(actual).u32(0).u32(NOT_ISOCHRONOUS).bytes(new Uint8Array(12)).toBytes();
}

/** RET_UNLINK: `unlinked` when the transfer will not be answered, `ok` when it has been. */
export function writeUnlinked(seqnum: number, status: number): Uint8Array {
  const out = new ByteWriter().u32(COMMAND.retUnlink).u32(seqnum).u32(0).u32(0).u32(0);
  return out.i32(status).bytes(new Uint8Array(24)).toBytes();
}

function field(reader: ByteReader, most: number, name: string): number {
  const { offset } = reader;
  const value = reader.u32();
  if (value > most) throw malformed(`${name} ${value} does not exist`, offset);
  return value;
}

function malformed(message: string, offset: number): InputError {
  return new InputError('malformed', message, { offset });
}
