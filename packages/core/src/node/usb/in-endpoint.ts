import type { UsbEndpoint } from '../../transport.js';
import type { ClaimedInterface, Outcome } from './claimed-interface.js';
import type { Call } from './pending-calls.js';

const NOTHING: Held = { bytes: new Uint8Array(0), isEnd: false };

/** Bytes that came and were not asked for yet, and whether a short packet ended them. */
interface Held {
  readonly bytes: Uint8Array;
  readonly isEnd: boolean;
}

/**
 * One IN endpoint as a stream of packets from which nothing gets lost. Requests go to the device in whole packets
 * and have no deadline of their own: who stops waiting leaves the request running, and what it brings is given to
 * the next who asks. Taking a request back would lose a packet that is just on its way.
 */
export class InEndpoint {
  readonly #claimed: ClaimedInterface;
  readonly #endpoint: UsbEndpoint;
  #held: Held = NOTHING;
  #request: { readonly bytes: number; readonly outcome: Promise<Outcome<Uint8Array>> } | undefined;

  constructor(claimed: ClaimedInterface, endpoint: UsbEndpoint) {
    this.#claimed = claimed;
    this.#endpoint = endpoint;
  }

  /**
   * At most `length` bytes, fewer where a short packet ended the transfer; what is left of what came before is answered
   * by itself. Whoever gives up `call` leaves what came to the next one. One call at a time.
   */
  async read(length: number, call: Call): Promise<Outcome<Uint8Array>> {
    if (this.#held.bytes.length > 0) return this.#give(length);
    for (;;) {
      const { bytes, isEnd } = this.#held;
      if (isEnd || bytes.length >= length) return this.#give(length);
      this.#request ??= this.#submit(length - bytes.length);
      const request = this.#request;
      const outcome = await request.outcome;
      // Whoever asks next finds the outcome where it is.
      call.throwIfOver();
      this.#request = undefined;
      switch (outcome.type) {
        case 'done':
          this.#held = {
            bytes: joined(bytes, outcome.value),
            isEnd: outcome.value.length < request.bytes,
          };
          break;
        case 'stall':
          // The endpoint stays halted: what came before is given first, the next call stalls.
          return bytes.length > 0 ? this.#give(length) : outcome;
        case 'failed':
          return outcome;
        case 'cancelled':
        case 'interrupted':
          break;
        default:
          outcome satisfies never;
      }
    }
  }

  /** Ends a request that nobody waits for and forgets what came: a protocol begins anew. */
  async clear(): Promise<void> {
    if (this.#request !== undefined) await this.#claimed.interrupt();
    this.#request = undefined;
    this.#held = NOTHING;
  }

  #submit(missing: number): { readonly bytes: number; readonly outcome: Promise<Outcome<Uint8Array>> } {
    const { number, packetSize } = this.#endpoint;
    const bytes = Math.ceil(missing / packetSize) * packetSize;
    return { bytes, outcome: this.#claimed.transferIn(number, bytes) };
  }

  #give(length: number): Outcome<Uint8Array> {
    const { bytes, isEnd } = this.#held;
    const value = bytes.subarray(0, length);
    this.#held = value.length === bytes.length ? NOTHING : { bytes: bytes.subarray(value.length), isEnd };
    return { type: 'done', value };
  }
}

/** No copy where one of the two is empty, as it is unless a caller asks for part of a packet. */
function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
