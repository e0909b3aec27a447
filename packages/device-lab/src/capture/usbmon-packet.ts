import { ByteReader, InputError } from '@buergerkoffer/formats';
import type { CapturedPacket } from './pcap-file.js';

/** USB packets of Linux with a header of 64 bytes. */
export const USBMON_LINK_TYPE = 220;

/** What usbmon saw: a transfer that was handed to the device, came back from it, or could not be handed to it. */
export interface UsbmonPacket {
  readonly event: 'submitted' | 'completed' | 'refused';
  /** The same for both ends of a transfer; used again for later ones. */
  readonly id: string;
  readonly transfer: 'isochronous' | 'interrupt' | 'control' | 'bulk';
  readonly direction: 'in' | 'out';
  readonly endpoint: number;
  readonly bus: number;
  readonly address: number;
  /** The eight bytes of a control transfer's setup stage, when it was submitted. */
  readonly setup?: Uint8Array;
  /** Milliseconds since an arbitrary moment. */
  readonly atMs: number;
  /** 0 or a negated errno; of no meaning when submitted. */
  readonly status: number;
  /** Bytes asked for or to be sent when submitted, bytes that went over the wire when completed. */
  readonly length: number;
  /** Those that were recorded, a view of the file. */
  readonly data: Uint8Array;
  /** Where the packet begins in the file. */
  readonly offset: number;
}

const EVENTS = new Map([
  [0x53, 'submitted'],
  [0x43, 'completed'],
  [0x45, 'refused'],
] as const);
const TRANSFERS = ['isochronous', 'interrupt', 'control', 'bulk'] as const;
/** Interval, frame, flags and number of isochronous descriptors. */
const ISOCHRONOUS_FIELDS_BYTES = 16;

/** A packet of usbmon (Linux, Documentation/usb/usbmon.rst). Throws `InputError` with the offset of the fault. */
export function readUsbmonPacket({ bytes, order, offset }: CapturedPacket): UsbmonPacket {
  const reader = new ByteReader(bytes, { order, baseOffset: offset });
  const id = `${reader.u32()}-${reader.u32()}`;
  const event = EVENTS.get(reader.u8() as 0x53);
  const transfer = TRANSFERS[reader.u8()];
  if (event === undefined || transfer === undefined) {
    throw new InputError('malformed', 'a USB packet of an unknown kind', { offset: offset + 8 });
  }
  const endpoint = reader.u8();
  const address = reader.u8();
  const bus = reader.u16();
  const hasSetup = reader.u8() === 0;
  reader.skip(1);
  const seconds = seconds64(reader);
  const atMs = seconds * 1_000 + reader.i32() / 1_000;
  const status = reader.i32();
  const length = reader.u32();
  const kept = reader.u32();
  const setup = reader.bytes(8);
  reader.skip(ISOCHRONOUS_FIELDS_BYTES);
  return {
    event,
    id,
    transfer,
    direction: (endpoint & 0x80) === 0 ? 'out' : 'in',
    endpoint: endpoint & 15,
    bus,
    address,
    ...(hasSetup && event === 'submitted' && transfer === 'control' ? { setup } : {}),
    atMs,
    status,
    length,
    data: reader.bytes(Math.min(kept, reader.remaining)),
    offset,
  };
}

/** Seconds, of which the upper half is 0 until 2106. */
function seconds64(reader: ByteReader): number {
  const [first, second] = [reader.u32(), reader.u32()];
  return reader.order === 'little' ? first : second;
}
