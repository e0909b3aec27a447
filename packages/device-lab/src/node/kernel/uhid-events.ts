import type { HidReport } from '@buergerkoffer/core';
import { ByteReader, ByteWriter, InputError } from '@buergerkoffer/formats';
import type { VirtualHidDevice } from '../../hid/virtual-hid-device.js';

/** What the kernel tells or asks a HID device (linux/uhid.h); numbers are little endian on every machine that we know. */
export type UhidEvent =
  | { readonly type: 'output'; readonly report: HidReport }
  | { readonly type: 'get-report'; readonly id: number; readonly kind: ReportKind; readonly reportId: number }
  | {
      readonly type: 'set-report';
      readonly id: number;
      readonly kind: ReportKind;
      readonly report: HidReport;
    }
  /** Started, opened, closed, stopped: nothing to answer. */
  | { readonly type: 'state' };

export type ReportKind = (typeof KINDS)[number];

/** Bytes of every event that is read. */
export const EVENT_BYTES = 4380;

const KINDS = ['feature', 'output', 'input'] as const;
const TYPE = {
  destroy: 1,
  output: 6,
  getReport: 9,
  getReportReply: 10,
  create: 11,
  input: 12,
  setReport: 13,
  setReportReply: 14,
} as const;
const DATA_BYTES = 4096;
const BUS_USB = 3;
/** The error number that a refusal becomes for whoever asked. */
const EIO = 5;

/** An event of the kernel. Throws `InputError` for one that is cut off or whose report is longer than the event. */
export function readEvent(bytes: Uint8Array): UhidEvent {
  const reader = new ByteReader(bytes, { order: 'little' });
  const type = reader.u32();
  switch (type) {
    case TYPE.output: {
      const data = reader.sub(DATA_BYTES);
      return { type: 'output', report: reportOf(data.bytes(lengthOf(reader))) };
    }
    case TYPE.getReport: {
      const [id, reportId] = [reader.u32(), reader.u8()];
      return { type: 'get-report', id, reportId, kind: kindOf(reader) };
    }
    case TYPE.setReport: {
      const id = reader.u32();
      reader.skip(1);
      const kind = kindOf(reader);
      const length = lengthOf(reader);
      return { type: 'set-report', id, kind, report: reportOf(reader.bytes(length)) };
    }
    default:
      return { type: 'state' };
  }
}

/** Brings a device to life; throws `InputError` when its texts or its report descriptor are too long. */
export function writeCreate(device: VirtualHidDevice): Uint8Array {
  const { reportDescriptor, vendorId, productId, deviceVersion = 0x0100 } = device;
  if (reportDescriptor.length > DATA_BYTES) {
    throw new InputError('too-large', `a report descriptor of more than ${DATA_BYTES} bytes`, {
      path: 'reportDescriptor',
    });
  }
  const name = [device.maker, device.model].filter((text) => text !== undefined).join(' ');
  const out = new ByteWriter('little').u32(TYPE.create);
  text(out, name === '' ? 'HID device' : name, 128);
  text(out, 'device-lab', 64);
  text(out, device.serialNumber ?? '', 64);
  out.u16(reportDescriptor.length).u16(BUS_USB).u32(vendorId).u32(productId).u32(deviceVersion).u32(0);
  return out.bytes(reportDescriptor).toBytes();
}

/** Takes the device away. */
export function writeDestroy(): Uint8Array {
  return new ByteWriter('little').u32(TYPE.destroy).toBytes();
}

/** An input report as it travels, its number first where the device uses numbers. */
export function writeInput(frame: Uint8Array): Uint8Array {
  return new ByteWriter('little').u32(TYPE.input).u16(frame.length).bytes(frame).toBytes();
}

/** The answer to `get-report`; undefined refuses. Its number always comes first, 0 where the device uses none. */
export function writeGetReply(id: number, report: HidReport | undefined): Uint8Array {
  const out = new ByteWriter('little')
    .u32(TYPE.getReportReply)
    .u32(id)
    .u16(report === undefined ? EIO : 0);
  if (report === undefined) return out.u16(0).toBytes();
  return out
    .u16(1 + report.data.length)
    .u8(report.reportId)
    .bytes(report.data)
    .toBytes();
}

/** The answer to `set-report`. */
export function writeSetReply(id: number, taken: boolean): Uint8Array {
  return new ByteWriter('little')
    .u32(TYPE.setReportReply)
    .u32(id)
    .u16(taken ? 0 : EIO)
    .toBytes();
}

/** The kernel puts the number first, 0 where the device uses none. */
function reportOf(frame: Uint8Array): HidReport {
  return { reportId: frame[0] ?? 0, data: frame.slice(1) };
}

function lengthOf(reader: ByteReader): number {
  const { offset } = reader;
  const length = reader.u16();
  if (length > DATA_BYTES) throw new InputError('malformed', `a report of ${length} bytes`, { offset });
  return length;
}

function kindOf(reader: ByteReader): ReportKind {
  const { offset } = reader;
  const kind = KINDS[reader.u8()];
  if (kind === undefined) throw new InputError('malformed', 'a report of no known kind', { offset });
  return kind;
}

/** UTF-8 text, closed by at least one zero byte. */
function text(out: ByteWriter, value: string, length: number): void {
  const bytes = new TextEncoder().encode(value);
  if (bytes.length >= length) {
    throw new InputError('too-large', `a name of more than ${length - 1} bytes`, { path: 'model' });
  }
  out.bytes(bytes).bytes(new Uint8Array(length - bytes.length));
}
