import type { EndpointBytes } from './usb-descriptor-bytes.js';

/** What a control request is answered with; `silence` keeps the host waiting. */
export type ControlAnswer = Uint8Array | 'stall' | 'silence';

/** One interface of a fake device: its endpoints by alternate setting. */
export interface FakeInterface {
  readonly number: number;
  readonly alternates: readonly (readonly EndpointBytes[])[];
}

/** A call of the library that waits for the device. */
export interface PendingTransfer {
  readonly interfaceNumber: number;
  /** With the direction bit; undefined for a control transfer. */
  readonly address?: number;
  /** Tries again to get what it waits for. */
  readonly pump: () => void;
  readonly fail: (text: string) => void;
}

/**
 * A USB device with the kernel around it, as far as the library `usb` lets its callers see them: packets, halts, claims
 * and what becomes of pending transfers. Who claims is a handle of the library, or the name of a kernel driver.
 */
export class FakeUsbDevice {
  /** How often it was reset. */
  resets = 0;
  readonly interfaces: readonly FakeInterface[];
  readonly claims = new Map<number, unknown>();
  /** Alternate settings that are not 0, and every SET_INTERFACE. */
  readonly settings = new Map<number, number>();
  readonly pending = new Set<PendingTransfer>();
  /** Transfers that reached the device, as `in1:512`. */
  readonly requests: string[] = [];
  /** What came in on OUT endpoints. */
  readonly received: { readonly endpoint: number; readonly data: Uint8Array }[] = [];
  /** OUT endpoints that take nothing. */
  readonly deaf = new Set<number>();
  /** Texts with which the next transfers on an endpoint fail. */
  readonly failures = new Map<number, string[]>();
  readonly halted = new Set<number>();
  control: (request: number, data: Uint8Array | undefined) => ControlAnswer = () => 'stall';
  /** What clearing a halt waits for. */
  clearing: Promise<unknown> = Promise.resolve();
  isUnplugged = false;
  readonly #packets = new Map<number, Uint8Array[]>();

  constructor(
    interfaces: readonly FakeInterface[] = [
      { number: 0, alternates: [[{ address: 0x81 }, { address: 0x02 }]] },
    ],
  ) {
    this.interfaces = interfaces;
  }

  endpoints(interfaceNumber: number): readonly EndpointBytes[] {
    const one = this.interfaces.find(({ number }) => number === interfaceNumber);
    return one?.alternates[this.settings.get(interfaceNumber) ?? 0] ?? [];
  }

  /** Queues a message on an IN endpoint; its end is a short packet, of zero bytes where need be. */
  send(endpoint: number, text: string, packetSize = 512): void {
    const bytes = new TextEncoder().encode(text);
    const packets = this.packets(endpoint);
    for (let at = 0; at < bytes.length; at += packetSize) packets.push(bytes.slice(at, at + packetSize));
    if (bytes.length % packetSize === 0) packets.push(new Uint8Array(0));
    this.pump();
  }

  packets(endpoint: number): Uint8Array[] {
    const packets = this.#packets.get(endpoint) ?? [];
    this.#packets.set(endpoint, packets);
    return packets;
  }

  /** Gives every pending transfer another try. */
  pump(): void {
    for (const transfer of [...this.pending]) transfer.pump();
  }

  /** Pulls the plug: what is pending ends after 20 ms. */
  unplug(): void {
    this.isUnplugged = true;
    this.end([...this.pending], 20, 'Disconnected');
  }

  /** The claim goes, whoever has it: the kernel ends its transfers and sets the interface back. */
  dropClaim(interfaceNumber: number): void {
    this.claims.delete(interfaceNumber);
    this.settings.delete(interfaceNumber);
    const mine = [...this.pending].filter(
      (transfer) => transfer.interfaceNumber === interfaceNumber && transfer.address !== undefined,
    );
    this.end(mine, 12, 'Disconnected');
  }

  end(transfers: readonly PendingTransfer[], afterMs: number, text: string): void {
    setTimeout(() => {
      for (const transfer of transfers) transfer.fail(text);
    }, afterMs);
  }
}
