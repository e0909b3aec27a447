import type { Answered, Unlink, UsbAnswer } from './usb-transfer.js';

/** What a transfer does when its turn has come. */
export type Work = () => UsbAnswer | Promise<UsbAnswer>;

interface Waiting {
  readonly work: Work;
  readonly answered: Answered;
}

/**
 * Transfers of one endpoint, one at a time and in their order: while the device is at one, the next is not begun,
 * as hardware answers NAK. Work that throws is answered by `failed`.
 */
export class TransferQueue {
  readonly #failed: (error: unknown) => UsbAnswer;
  readonly #unlinkFrees: boolean;
  #waiting: Waiting[] = [];
  #running: Waiting | undefined;

  /** `unlinkFrees`: unlinking the transfer that the device is at lets the next begin, as a new setup packet does. */
  constructor(failed: (error: unknown) => UsbAnswer, unlinkFrees = false) {
    this.#failed = failed;
    this.#unlinkFrees = unlinkFrees;
  }

  /** Does `work` when it is its turn, at once if nothing runs. */
  submit(work: Work, answered: Answered): Unlink {
    let linked = true;
    const one: Waiting = {
      work,
      answered: (answer) => {
        if (!linked) return;
        linked = false;
        answered(answer);
      },
    };
    this.#waiting.push(one);
    this.#next();
    return () => {
      linked = false;
      this.#waiting = this.#waiting.filter((other) => other !== one);
      if (this.#unlinkFrees) this.#finish(one);
    };
  }

  /** Gives every transfer back with `answer`; what the device is still at is no longer waited for. */
  end(answer: UsbAnswer): void {
    const ended = this.#running === undefined ? this.#waiting : [this.#running, ...this.#waiting];
    this.#waiting = [];
    this.#running = undefined;
    for (const { answered } of ended) answered(answer);
  }

  #next(): void {
    while (this.#running === undefined) {
      const one = this.#waiting.shift();
      if (one === undefined) return;
      this.#running = one;
      const answer = this.#begin(one);
      if (answer === undefined) return;
      // Ended meanwhile by the work itself, such as a plug that it pulled: then another may be running.
      if (this.#running === one) this.#running = undefined;
      one.answered(answer);
    }
  }

  /** The answer where it is known at once; a pending one is followed. */
  #begin(one: Waiting): UsbAnswer | undefined {
    try {
      const answer = one.work();
      if (!(answer instanceof Promise)) return answer;
      answer.then(
        (late) => {
          one.answered(late);
          this.#finish(one);
        },
        (error: unknown) => {
          one.answered(this.#failed(error));
          this.#finish(one);
        },
      );
      return undefined;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #finish(one: Waiting): void {
    if (this.#running !== one) return;
    this.#running = undefined;
    this.#next();
  }
}
