import { InputError } from '@buergerkoffer/formats';
import { readCaptureFile } from './pcap-file.js';
import { readUsbmonPacket, USBMON_LINK_TYPE, type UsbmonPacket } from './usbmon-packet.js';

/** -EPIPE of Linux: the endpoint stalled. */
export const STALLED = -32;
/** -ENOENT and -ECONNRESET: the host took the transfer back; what had come of it counts. */
export const TAKEN_BACK: readonly number[] = [-2, -104];

/** A transfer of a recording, from the moment when it was handed to the device until it came back. */
export interface CapturedTransfer {
  readonly type: 'control' | 'bulk' | 'interrupt';
  readonly direction: 'in' | 'out';
  readonly endpoint: number;
  /** The setup stage of a control transfer. */
  readonly setup?: Uint8Array;
  /** Bytes asked for, or to be sent. */
  readonly length: number;
  /** What went over the wire, in whichever direction. */
  readonly data: Uint8Array;
  /** 0, or a negated errno of Linux. */
  readonly status: number;
  /** Positions among all packets of the file: what began or ended earlier has the lower one. */
  readonly begun: number;
  readonly ended: number;
  /** Milliseconds since an arbitrary moment, and milliseconds. */
  readonly atMs: number;
  readonly tookMs: number;
  /** Where its bytes stand in the file. */
  readonly offset: number;
}

/** A device as a recording knows it: an address of a bus, and all transfers with it, in the order of their ends. */
export interface CapturedAddress {
  readonly bus: number;
  readonly address: number;
  readonly transfers: readonly CapturedTransfer[];
}

interface Begun {
  readonly packet: UsbmonPacket;
  readonly position: number;
}

/**
 * The devices of a recording that was made with usbmon, with their transfers; what began before the recording or did
 * not end in it, and isochronous ones, are left out. Throws `InputError` with the offset: `truncated` also for a
 * transfer of which only the first bytes were kept, `unsupported` for a recording of something else than USB on Linux.
 */
export function readCapturedTransfers(file: Uint8Array): readonly CapturedAddress[] {
  const addresses = new Map<string, { bus: number; address: number; transfers: CapturedTransfer[] }>();
  const begun = new Map<string, Begun>();
  let position = 0;
  let isUsb = false;
  for (const captured of readCaptureFile(file)) {
    if (captured.linkType !== USBMON_LINK_TYPE) continue;
    isUsb = true;
    const packet = readUsbmonPacket(captured);
    position += 1;
    const key = `${packet.bus}:${packet.id}`;
    const first = begun.get(key);
    begun.delete(key);
    if (packet.event === 'submitted') begun.set(key, { packet, position });
    else if (packet.event === 'completed' && first !== undefined) {
      const transfer = transferOf(first, packet, position);
      if (transfer === undefined) continue;
      const { bus, address } = packet;
      const name = `${bus}.${address}`;
      const known = addresses.get(name) ?? { bus, address, transfers: [] };
      addresses.set(name, known);
      known.transfers.push(transfer);
    }
  }
  if (isUsb) return [...addresses.values()];
  throw new InputError('unsupported', 'a recording without USB packets of Linux (link type 220)', {
    offset: 0,
    remedy: 'record with usbmon on Linux, for example in Wireshark with the interface usbmonN',
  });
}

function transferOf(
  { packet: first, position }: Begun,
  last: UsbmonPacket,
  ended: number,
): CapturedTransfer | undefined {
  const { transfer, direction, endpoint, setup } = first;
  if (transfer === 'isochronous') return undefined;
  const carrier = direction === 'in' ? last : first;
  if (carrier.data.length < carrier.length && wentWell(last)) {
    throw new InputError('truncated', 'a transfer of which only the first bytes were recorded', {
      offset: carrier.offset,
      remedy: 'record again without a limit on the length of packets',
    });
  }
  return {
    type: transfer,
    direction,
    endpoint,
    ...(setup === undefined ? {} : { setup }),
    length: first.length,
    data: carrier.data,
    status: last.status,
    begun: position,
    ended,
    atMs: first.atMs,
    tookMs: Math.max(0, last.atMs - first.atMs),
    offset: carrier.offset,
  };
}

function wentWell({ status }: UsbmonPacket): boolean {
  return status === 0;
}
