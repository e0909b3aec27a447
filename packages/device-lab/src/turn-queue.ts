/** Takes back what was submitted; late calls do nothing. */
export type TakeBack = () => void;

interface Waiting<Answer> {
  readonly work: () => Answer | Promise<Answer>;
  readonly answered: (answer: Answer) => void;
}

/**
 * Things that a device does one at a time and in their order: while it is at one, the next is not begun. Answers are
 * heard in the very moment in which they are there; work that throws is answered by `failed`.
 */
export class TurnQueue<Answer> {
  readonly #failed: (error: unknown) => Answer;
  readonly #takeBackFrees: boolean;
  #waiting: Waiting<Answer>[] = [];
  #running: Waiting<Answer> | undefined;

  /** `takeBackFrees`: taking back what the device is at lets the next begin, whatever becomes of it. */
  constructor(failed: (error: unknown) => Answer, takeBackFrees = false) {
    this.#failed = failed;
    this.#takeBackFrees = takeBackFrees;
  }

  /** Does `work` when it is its turn, at once if nothing runs; `answered` hears the answer unless it was taken back. */
  submit(work: () => Answer | Promise<Answer>, answered: (answer: Answer) => void): TakeBack {
    let wanted = true;
    const one: Waiting<Answer> = {
      work,
      answered: (answer) => {
        if (!wanted) return;
        wanted = false;
        answered(answer);
      },
    };
    this.#waiting.push(one);
    this.#next();
    return () => {
      wanted = false;
      this.#waiting = this.#waiting.filter((other) => other !== one);
      if (this.#takeBackFrees) this.#finish(one);
    };
  }

  /** Answers everything with `answer`; what the device is still at is no longer waited for. */
  end(answer: Answer): void {
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
      if (answer instanceof Promise) {
        void answer.then((late) => {
          one.answered(late);
          this.#finish(one);
        });
        return;
      }
      // Ended meanwhile by the work itself, such as a plug that it pulled: then another may be running.
      if (this.#running === one) this.#running = undefined;
      one.answered(answer);
    }
  }

  /** The answer, or a promise of it that never rejects. */
  #begin({ work }: Waiting<Answer>): Answer | Promise<Answer> {
    try {
      const answer = work();
      return answer instanceof Promise ? answer.catch((error: unknown) => this.#failed(error)) : answer;
    } catch (error) {
      return this.#failed(error);
    }
  }

  #finish(one: Waiting<Answer>): void {
    if (this.#running !== one) return;
    this.#running = undefined;
    this.#next();
  }
}
