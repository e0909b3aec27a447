import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import type { HidPort } from '../../port.js';
import type { ReferenceRole } from './transport-under-test.js';

/** One of the two HID devices that the suite talks to: one whose reports have numbers, one whose reports have none. */
export type HidReferenceModel = 'numbered' | 'plain';

/** Report ids and lengths in bytes, without the byte of the id. */
export interface HidReferenceLayout {
  readonly productId: number;
  readonly model: string;
  /** HID 1.11, 6.2.2. */
  readonly reportDescriptor: Uint8Array;
  /** Ids of the reports that are echoed: an output report comes back as the input report of its id. */
  readonly echoed: readonly { readonly reportId: number; readonly length: number }[];
  /** Feature report: written it is a command, read it is the {@link HidStatus}. */
  readonly control: { readonly reportId: number; readonly length: number };
  /** Feature report that keeps what is written; absent where there is only one. */
  readonly store?: { readonly reportId: number; readonly length: number };
  /** Feature report that the device refuses to write and to read; absent where there is only one. */
  readonly refused?: { readonly reportId: number; readonly length: number };
}

const NUMBERED: HidReferenceLayout = {
  productId: 0x0002,
  model: 'HID reference device, numbered',
  reportDescriptor: reportDescriptor([
    { reportId: 1, kinds: ['input', 'output'], length: 63 },
    { reportId: 2, kinds: ['input', 'output'], length: 7 },
    { reportId: 3, kinds: ['feature'], length: 31 },
    { reportId: 4, kinds: ['feature'], length: 63 },
    { reportId: 5, kinds: ['feature'], length: 15 },
  ]),
  echoed: [
    { reportId: 1, length: 63 },
    { reportId: 2, length: 7 },
  ],
  control: { reportId: 3, length: 31 },
  store: { reportId: 4, length: 63 },
  refused: { reportId: 5, length: 15 },
};

const PLAIN: HidReferenceLayout = {
  productId: 0x0003,
  model: 'HID reference device, plain',
  reportDescriptor: reportDescriptor([{ reportId: 0, kinds: ['input', 'output', 'feature'], length: 64 }]),
  echoed: [{ reportId: 0, length: 64 }],
  control: { reportId: 0, length: 64 },
};

/**
 * The HID reference devices: one vendor-defined collection each (usage page FF00, usage 1). They are told what to do
 * by a feature report. Ids of pid.codes for tests: never ship a product with them.
 */
export const HID_REFERENCE = {
  vendorId: 0x1209,
  maker: 'Buergerkoffer',
  serialNumber: { first: 'REFERENCE-1', second: 'REFERENCE-2' },
  layout: { numbered: NUMBERED, plain: PLAIN },
} as const;

/** First byte of a command. */
export const HID_COMMAND = {
  /** As after power-up, but for the mark: nothing is sent, counted, late or refused. */
  reset: 1,
  /** Sends input reports, see `HidSending`. */
  send: 2,
  /** The next reading of the status waits, see `afterMs`; it may be the last thing that is asked. */
  late: 3,
  /** The next reading of the status is refused. */
  refuse: 4,
  /** Remembers `seed` as the mark until the power goes. */
  mark: 5,
} as const;

/** A command; what a code does not use is 0. */
export interface HidCommand {
  readonly code: number;
  /** Of the input reports that are sent; each is as long as the descriptor says. */
  readonly reportId: number;
  /** How many are sent. */
  readonly count: number;
  /** Pattern of the first; the next ones have the seeds behind it. */
  readonly seed: number;
  /** When the first is sent, or how long the status waits, in milliseconds. */
  readonly afterMs: number;
  /** From one to the next, in milliseconds. */
  readonly everyMs: number;
}

/** What the device has seen since it was reset. */
export interface HidStatus {
  /** Output reports. */
  readonly count: number;
  /** FNV-1a of the data of all of them. */
  readonly hash: number;
  /** Of the last one; 0 before the first. */
  readonly lastId: number;
  /** Bytes of the last one, without its id. */
  readonly lastLength: number;
  readonly mark: number;
}

/** A command as its feature report carries it: 16 bytes, little-endian. */
export function writeHidCommand(command: HidCommand): Uint8Array {
  const { code, reportId, count, seed, afterMs, everyMs } = command;
  return new ByteWriter('little')
    .u8(code)
    .u8(reportId)
    .u16(count)
    .u32(seed)
    .u32(afterMs)
    .u32(everyMs)
    .toBytes();
}

/** Reads what {@link writeHidCommand} writes, however it is filled up; throws `InputError` for fewer bytes. */
export function readHidCommand(bytes: Uint8Array): HidCommand {
  const reader = new ByteReader(bytes, { order: 'little' });
  const [code, reportId, count] = [reader.u8(), reader.u8(), reader.u16()];
  const [seed, afterMs, everyMs] = [reader.u32(), reader.u32(), reader.u32()];
  return { code, reportId, count, seed, afterMs, everyMs };
}

/** The status as its feature report carries it: 16 bytes, little-endian. */
export function writeHidStatus({ count, hash, lastId, lastLength, mark }: HidStatus): Uint8Array {
  return new ByteWriter('little').u32(count).u32(hash).u8(lastId).u8(lastLength).u16(0).u32(mark).toBytes();
}

/** Reads what {@link writeHidStatus} writes, however it is filled up; throws `InputError` for fewer bytes. */
export function readHidStatus(answer: Uint8Array): HidStatus {
  const reader = new ByteReader(answer, { order: 'little' });
  const [count, hash, lastId, lastLength] = [reader.u32(), reader.u32(), reader.u8(), reader.u8()];
  reader.skip(2);
  return { count, hash, lastId, lastLength, mark: reader.u32() };
}

/** `roleOf` of a subject whose bus tells ids and serial numbers as the device does. */
export function hidReferenceRole(model: HidReferenceModel, port: HidPort): ReferenceRole | undefined {
  const { vendorId, serialNumber, layout } = HID_REFERENCE;
  if (port.vendorId !== vendorId || port.productId !== layout[model].productId) return undefined;
  return port.serialNumber === serialNumber.second ? 'second' : 'first';
}

interface ReportGroup {
  /** 0 for none. */
  readonly reportId: number;
  readonly kinds: readonly ('input' | 'output' | 'feature')[];
  /** Bytes. */
  readonly length: number;
}

/** Short items of HID 1.11, 6.2.2: reports of whole bytes in one vendor-defined collection. */
function reportDescriptor(groups: readonly ReportGroup[]): Uint8Array {
  const main = { input: 0x81, output: 0x91, feature: 0xb1 } as const;
  const out = new ByteWriter('little');
  out.u8(0x06).u16(0xff00).u8(0x09).u8(1).u8(0xa1).u8(1); // usage page, usage, application collection
  out.u8(0x15).u8(0).u8(0x26).u16(255).u8(0x75).u8(8); // logical minimum and maximum, 8 bits each
  for (const { reportId, kinds, length } of groups) {
    if (reportId !== 0) out.u8(0x85).u8(reportId);
    out.u8(0x95).u8(length);
    for (const kind of kinds) out.u8(0x09).u8(1).u8(main[kind]).u8(2); // usage; data, variable, absolute
  }
  return out.u8(0xc0).toBytes();
}
