import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import type { UsbPort } from '../../port.js';
import type { ReferenceRole } from './transport-under-test.js';

/**
 * The USB device that the suite talks to: two interfaces of class FF. It is told what to do by vendor requests to an
 * interface ({@link USB_REQUEST}), each of which concerns that interface alone. Ids of pid.codes for tests: never ship
 * a product with them.
 */
export const USB_REFERENCE = {
  vendorId: 0x1209,
  productId: 0x0001,
  maker: 'Buergerkoffer',
  model: 'USB reference device',
  serialNumber: { first: 'REFERENCE-1', second: 'REFERENCE-2' },
  interfaceNumber: { first: 0, sibling: 1 },
  /**
   * Endpoint numbers. `bulk` and `other` are bulk, IN and OUT, `interrupt` is IN; they belong to the first interface,
   * whose alternate setting 1 has `bulk` only. `sibling` is bulk, IN and OUT, of the other interface.
   */
  endpoint: { bulk: 1, interrupt: 2, other: 3, sibling: 4 },
} as const;

/** Vendor requests (bRequest), with recipient interface and its number in wIndex. All others stall. */
export const USB_REQUEST = {
  /** OUT. As after power-up, but for halts and the mark: nothing is queued, held, echoed or counted. */
  reset: 1,
  /** OUT keeps up to 4096 bytes, IN answers them; also with recipient device. */
  store: 2,
  /** OUT. Data: {@link UsbQueued}. Sends a message on an IN endpoint, now or later. */
  queue: 3,
  /** OUT. Halts the endpoint whose address is wValue. */
  halt: 4,
  /** OUT. wValue 1: takes nothing on OUT endpoints until wValue 0. */
  hold: 5,
  /** OUT. wValue 1: what comes on an OUT endpoint goes out on the IN endpoint of its number, as one message. */
  echo: 6,
  /** IN. {@link UsbCounts}, 5 × u32. */
  count: 7,
  /** IN. Answers pattern bytes of seed wValue, as many as are asked for, after wValue milliseconds. */
  wait: 8,
  /** OUT. Leaves the bus after wValue milliseconds; with 0 as soon as something comes on an OUT endpoint. */
  vanish: 9,
  /** OUT keeps a number (u32) until the power goes, IN answers it. */
  mark: 10,
  /** Is not understood, whatever comes. */
  none: 127,
} as const;

/** The most bytes that a control transfer carries here: Linux lets programs send no more. */
export const USB_CONTROL_BYTES = 4096;

/** A message that the device is asked to send. */
export interface UsbQueued {
  /** Number of an IN endpoint. */
  readonly endpoint: number;
  readonly length: number;
  /** Of the pattern. */
  readonly seed: number;
  /** When, in milliseconds. */
  readonly afterMs: number;
  /** Whether a message that fills its last packet is ended by an empty one. */
  readonly zeroLengthEnd: boolean;
}

/** What came on the OUT endpoints of an interface since it was reset. */
export interface UsbCounts {
  /** Messages: whatever a packet that is not full has ended, as far as the device can tell. */
  readonly transfers: number;
  readonly bytes: number;
  /** FNV-1a of all bytes. */
  readonly hash: number;
  /** Transfers without bytes. */
  readonly empty: number;
  /** CLEAR_FEATURE(ENDPOINT_HALT) that came. */
  readonly haltsCleared: number;
}

/** Data of the request `queue`, little-endian: endpoint and flags (bit 0: zero-length end), u16 0, 3 × u32. */
export function writeUsbQueued({ endpoint, length, seed, afterMs, zeroLengthEnd }: UsbQueued): Uint8Array {
  const head = new ByteWriter('little')
    .u8(endpoint)
    .u8(zeroLengthEnd ? 1 : 0)
    .u16(0);
  return head.u32(length).u32(seed).u32(afterMs).toBytes();
}

/** Reads what {@link writeUsbQueued} writes; throws `InputError` for other bytes. */
export function readUsbQueued(bytes: Uint8Array): UsbQueued {
  const reader = new ByteReader(bytes, { order: 'little' });
  const [endpoint, flags] = [reader.u8(), reader.u8()];
  reader.skip(2);
  const [length, seed, afterMs] = [reader.u32(), reader.u32(), reader.u32()];
  reader.expectEnd();
  return { endpoint, length, seed, afterMs, zeroLengthEnd: (flags & 1) === 1 };
}

/** Answer to the request `count`. */
export function writeUsbCounts(counts: UsbCounts): Uint8Array {
  const { transfers, bytes, hash, empty, haltsCleared } = counts;
  return new ByteWriter('little').u32(transfers).u32(bytes).u32(hash).u32(empty).u32(haltsCleared).toBytes();
}

/** Reads what {@link writeUsbCounts} writes; throws `InputError` for other bytes. */
export function readUsbCounts(answer: Uint8Array): UsbCounts {
  const reader = new ByteReader(answer, { order: 'little' });
  const [transfers, bytes, hash] = [reader.u32(), reader.u32(), reader.u32()];
  const [empty, haltsCleared] = [reader.u32(), reader.u32()];
  reader.expectEnd();
  return { transfers, bytes, hash, empty, haltsCleared };
}

/** `roleOf` of a subject whose bus tells ids and serial numbers as the device does. */
export function usbReferenceRole(port: UsbPort): ReferenceRole | undefined {
  const { vendorId, productId, serialNumber, interfaceNumber } = USB_REFERENCE;
  if (port.vendorId !== vendorId || port.productId !== productId) return undefined;
  const isFirst = port.interfaceNumber === interfaceNumber.first;
  if (port.serialNumber === serialNumber.second) return isFirst ? 'second' : undefined;
  return isFirst ? 'first' : 'sibling';
}
