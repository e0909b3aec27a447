import { DeviceError } from '../../device-error.js';
import type { UsbInResult } from '../../transport.js';

const NOTHING = new Uint8Array(0);

/** Somebody who waits for an answer. */
interface Waiting {
  readonly length: number;
  readonly answer: (result: UsbInResult) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * The packets that come from one IN endpoint. The browser is asked for whole packets; what is left over when a caller
 * takes less is the next answer. The browser's request cannot be cancelled: one whose caller has gone serves the next.
 */
export class InEndpoint {
  readonly #packetSize: number;
  readonly #request: (length: number) => Promise<UsbInResult>;
  #waiting: Waiting | undefined;
  /** The browser has a request. */
  #asking = false;
  #kept: Uint8Array = NOTHING;
  /** The kept bytes are an answer as they are, even if there are none: a short packet or a cut ended them. */
  #ended = false;
  /** How the last request failed, for the next caller. */
  #fault: ((waiting: Waiting) => void) | undefined;

  /** `packetSize` in bytes, 1 or more; `request` asks the browser. */
  constructor(packetSize: number, request: (length: number) => Promise<UsbInResult>) {
    this.#packetSize = packetSize;
    this.#request = request;
  }

  /** At most `length` bytes, 1 or more; rejects `busy` while somebody waits, and as the browser's request does. */
  take(length: number, signal: AbortSignal): Promise<UsbInResult> {
    return new Promise((resolve, reject) => {
      if (this.#waiting !== undefined) {
        reject(new DeviceError('busy', 'a transfer on this endpoint is pending'));
        return;
      }
      const waiting: Waiting = { length, answer: resolve, fail: reject };
      this.#waiting = waiting;
      signal.addEventListener('abort', () => {
        if (this.#waiting === waiting) this.#waiting = undefined;
      });
      this.#serve();
    });
  }

  /** The halt is cleared: a stall that nobody heard of is over. */
  cleared(): void {
    this.#fault = undefined;
  }

  #serve(): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    if (this.#fault !== undefined) {
      const tell = this.#fault;
      this.#fault = undefined;
      this.#waiting = undefined;
      tell(waiting);
    } else if (this.#ended || this.#kept.length >= waiting.length) {
      this.#waiting = undefined;
      waiting.answer({ status: 'ok', data: this.#cut(waiting.length) });
    } else if (!this.#asking) {
      this.#ask(waiting.length - this.#kept.length);
    }
  }

  #ask(bytes: number): void {
    const length = Math.ceil(bytes / this.#packetSize) * this.#packetSize;
    this.#asking = true;
    const asking = (async () => this.#request(length))();
    asking.then(
      (result) => {
        if (result.status === 'ok') this.#keep(result.data, length);
        else {
          this.#failed(({ answer }) => {
            answer(result);
          });
        }
        this.#answered();
      },
      (error: unknown) => {
        this.#failed(({ fail }) => {
          fail(error);
        });
        this.#answered();
      },
    );
  }

  #answered(): void {
    this.#asking = false;
    this.#serve();
  }

  /** What came of the same message before is of no use to anybody. */
  #failed(tell: (waiting: Waiting) => void): void {
    this.#fault = tell;
    this.#kept = NOTHING;
    this.#ended = false;
  }

  #keep(came: Uint8Array, asked: number): void {
    this.#ended = came.length < asked;
    if (this.#kept.length === 0) {
      this.#kept = came;
      return;
    }
    const all = new Uint8Array(this.#kept.length + came.length);
    all.set(this.#kept);
    all.set(came, this.#kept.length);
    this.#kept = all;
  }

  #cut(length: number): Uint8Array {
    const data = this.#kept.subarray(0, length);
    this.#kept = this.#kept.subarray(length);
    this.#ended = this.#kept.length > 0;
    return data;
  }
}
