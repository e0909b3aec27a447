import { DeviceError, withDeadline, type CallOptions } from '@buergerkoffer/core';

/** Deadline of a transfer that names none, in milliseconds. */
export const TRANSFER_MS = 5_000;

/**
 * The device's side of an IN endpoint: a stream of packets. A request ends when it is full or at a packet
 * shorter than the endpoint's packet size; what a request does not take waits for the next one.
 */
export class InPipe {
  readonly #packetSize: number;
  readonly #packets: Uint8Array[] = [];
  #arrived: (() => void) | undefined;
  #pending = false;

  /** `packetSize` in bytes, as the endpoint descriptor gives it. */
  constructor(packetSize: number) {
    this.#packetSize = packetSize;
  }

  /**
   * Queues one message, cut into packets. A message that fills its last packet is ended by a zero-length one
   * when `zeroLengthEnd` is set, as most protocols demand.
   */
  send(message: Uint8Array, zeroLengthEnd = true): void {
    for (let at = 0; at < message.length; at += this.#packetSize) {
      this.#packets.push(message.slice(at, at + this.#packetSize));
    }
    if (message.length === 0 || (zeroLengthEnd && message.length % this.#packetSize === 0)) {
      this.#packets.push(new Uint8Array(0));
    }
    this.#arrived?.();
  }

  /** At most `length` bytes. Rejects `busy` while another request is pending, `timeout`, `protocol` on overflow. */
  async receive(length: number, options: CallOptions, ended: AbortSignal): Promise<Uint8Array> {
    if (this.#pending) throw new DeviceError('busy', 'a transfer on this endpoint is pending');
    this.#pending = true;
    const either = options.signal === undefined ? ended : AbortSignal.any([options.signal, ended]);
    try {
      return await withDeadline(
        'transfer in',
        options.timeoutMs ?? TRANSFER_MS,
        (signal) => this.#collect(length, signal),
        either,
      );
    } finally {
      this.#pending = false;
    }
  }

  async #collect(length: number, signal: AbortSignal): Promise<Uint8Array> {
    const taken: Uint8Array[] = [];
    let bytes = 0;
    while (bytes < length) {
      const packet = this.#packets[0] ?? (await this.#next(signal));
      if (bytes + packet.length > length) throw overflow(packet.length, length - bytes);
      this.#packets.shift();
      taken.push(packet);
      bytes += packet.length;
      if (packet.length < this.#packetSize) break;
    }
    const all = new Uint8Array(bytes);
    let at = 0;
    for (const packet of taken) {
      all.set(packet, at);
      at += packet.length;
    }
    return all;
  }

  #next(signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const done = (): void => {
        this.#arrived = undefined;
      };
      this.#arrived = () => {
        const [packet] = this.#packets;
        if (packet === undefined) return;
        done();
        resolve(packet);
      };
      signal.addEventListener(
        'abort',
        () => {
          done();
          reject(DeviceError.from(signal.reason, 'timeout', 'the transfer was ended'));
        },
        { once: true },
      );
    });
  }
}

function overflow(packet: number, room: number): DeviceError {
  return new DeviceError(
    'protocol',
    `a packet of ${packet} bytes does not fit into the ${room} bytes asked for`,
    {
      remedy: 'ask for multiples of the packet size',
    },
  );
}
