import { ByteWriter, type ByteOrder } from '@buergerkoffer/formats';

/** Files of usbmon, written from the tables of the formats, apart from the code under test. */

export interface Urb {
  /** 2 control, 3 bulk, 1 interrupt. */
  readonly transfer: number;
  /** With 0x80 for IN. */
  readonly endpoint: number;
  readonly setup?: readonly number[];
  /** Bytes asked for; default as many as came. */
  readonly length?: number;
  readonly data?: readonly number[];
  readonly status?: number;
  readonly address?: number;
  /** Bytes of `data` that were not kept. */
  readonly lost?: number;
}

/** Half a URB: when it was submitted (S), or when it was completed (C). */
export interface Half {
  readonly id: number;
  readonly event: 'S' | 'C' | 'E';
  readonly urb: Urb;
}

/** Both halves of each URB, one URB after the other. */
export function inTurn(...urbs: readonly Urb[]): Half[] {
  return urbs.flatMap((urb, id) => [{ id, event: 'S', urb } as const, { id, event: 'C', urb } as const]);
}

/** A control request; `length` of the data stage is that of `data`. */
export function control(
  head: readonly [number, number],
  value: number,
  data: number[],
  rest: Partial<Urb> = {},
): Urb {
  const [low, high] = [data.length & 255, data.length >> 8];
  return {
    transfer: 2,
    endpoint: head[0] & 0x80,
    setup: [...head, value & 255, value >> 8, 0, 0, low, high],
    data,
    ...rest,
  };
}

const DEVICE = [18, 1, 0, 2, 0, 0, 0, 64, 0x09, 0x12, 1, 0, 0, 1, 1, 2, 3, 1];
const CONFIGURATION = [
  [9, 2, 39, 0, 1, 1, 0, 0x80, 50],
  [9, 4, 0, 0, 3, 0xff, 0, 0, 0],
  [7, 5, 0x81, 2, 64, 0, 0],
  [7, 5, 0x02, 2, 64, 0, 0],
  [7, 5, 0x83, 3, 8, 0, 10],
].flat();
/** A text as a string descriptor. */
const text = (word: string): number[] => [
  2 + 2 * word.length,
  3,
  ...[...word].flatMap((c) => [c.charCodeAt(0), 0]),
];

/** How a kernel asks the device of these tests who it is: bulk IN 1, bulk OUT 2, interrupt IN 3, packets of 64. */
export const ENUMERATED: readonly Urb[] = [
  control([0x80, 6], 0x0100, DEVICE),
  control([0x80, 6], 0x0200, CONFIGURATION.slice(0, 9)),
  control([0x80, 6], 0x0200, CONFIGURATION),
  control([0x80, 6], 0x0302, text('Parrot')),
  control([0x00, 9], 1, []),
];

/** A packet of usbmon with a header of 64 bytes. */
export function packet({ id, event, urb }: Half, order: ByteOrder): Uint8Array {
  const { transfer, endpoint, setup, data = [], status = 0, address = 5, lost = 0 } = urb;
  const isIn = (endpoint & 0x80) !== 0;
  const carries = isIn === (event === 'C');
  const length = event === 'S' ? (urb.length ?? data.length) : data.length;
  const kept = carries ? data.slice(0, data.length - lost) : [];
  const out = new ByteWriter(order);
  if (order === 'little') out.u32(id).u32(0);
  else out.u32(0).u32(id);
  out.u8(event.charCodeAt(0)).u8(transfer).u8(endpoint).u8(address).u16(1);
  out.u8(setup !== undefined && event === 'S' ? 0 : 0x2d).u8(carries ? 0 : 0x3e);
  if (order === 'little') out.u32(7).u32(0);
  else out.u32(0).u32(7);
  out.u32(id * 1000).i32(event === 'S' ? -115 : status);
  out.u32(length).u32(kept.length);
  out.bytes(new Uint8Array((event === 'S' ? setup : undefined) ?? [0, 0, 0, 0, 0, 0, 0, 0]));
  return out.bytes(new Uint8Array(16)).bytes(new Uint8Array(kept)).toBytes();
}

export type FileFormat = 'pcapng' | 'simple' | 'pcap';

/** A file of `halves`; `simple` is pcapng with simple packet blocks. */
export function usbmonFile(
  halves: readonly Half[],
  format: FileFormat = 'pcapng',
  order: ByteOrder = 'little',
  linkType = 220,
): Uint8Array {
  const packets = halves.map((half) => packet(half, order));
  const out = new ByteWriter(order);
  if (format === 'pcap') {
    out.u32(0xa1b2c3d4).u16(2).u16(4).u32(0).u32(0).u32(0x40000).u32(linkType);
    for (const bytes of packets) out.u32(1).u32(2).u32(bytes.length).u32(bytes.length).bytes(bytes);
    return out.toBytes();
  }
  const block = (type: number, body: Uint8Array): void => {
    const length = 12 + Math.ceil(body.length / 4) * 4;
    out
      .u32(type)
      .u32(length)
      .bytes(body)
      .bytes(new Uint8Array(length - 12 - body.length))
      .u32(length);
  };
  const start = new ByteWriter(order).u32(0x1a2b3c4d).u16(1).u16(0).u32(0xffffffff).u32(0xffffffff);
  block(0x0a0d0d0a, start.toBytes());
  block(1, new ByteWriter(order).u16(linkType).u16(0).u32(0).toBytes());
  block(0x0bad, new Uint8Array(6)); // of somebody's own
  for (const bytes of packets) {
    const head = new ByteWriter(order);
    if (format === 'simple') head.u32(bytes.length);
    else head.u32(0).u32(1).u32(2).u32(bytes.length).u32(bytes.length);
    block(format === 'simple' ? 3 : 6, head.bytes(bytes).toBytes());
  }
  return out.toBytes();
}
