import { TurnQueue } from '../turn-queue.js';
import { DONE, STALL, type Answered, type Unlink, type UsbAnswer } from './usb-transfer.js';

/** The device's side of an OUT endpoint: takes one transfer at a time; whatever its code throws at halts it. */
export class OutPipe {
  readonly #take: (data: Uint8Array) => void | Promise<void>;
  readonly #queue: TurnQueue<UsbAnswer>;
  #halted = false;

  /** `take` is the device's code; `failed` hears what it throws. */
  constructor(take: (data: Uint8Array) => void | Promise<void>, failed: (error: unknown) => void) {
    this.#take = take;
    this.#queue = new TurnQueue<UsbAnswer>((error) => {
      failed(error);
      this.#halted = true;
      return STALL;
    });
  }

  get halted(): boolean {
    return this.#halted;
  }

  /** The transfer that the device is at stalls when it is done, those behind it too. */
  halt(): void {
    this.#halted = true;
  }

  clearHalt(): void {
    this.#halted = false;
  }

  /** Hands `data` to the device when it is ready for it. */
  submit(data: Uint8Array, answered: Answered): Unlink {
    return this.#queue.submit(() => {
      if (this.#halted) return STALL;
      const taking = this.#take(data);
      return taking instanceof Promise ? taking.then(() => this.#taken()) : this.#taken();
    }, answered);
  }

  /** Gives every pending transfer back with `answer`. */
  end(answer: UsbAnswer): void {
    this.#queue.end(answer);
  }

  #taken(): UsbAnswer {
    return this.#halted ? STALL : DONE;
  }
}
