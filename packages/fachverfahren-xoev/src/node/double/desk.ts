import type { SubmissionState } from '../../index.js';
import { Turns } from '../turns.js';
import type { FaultSwitch } from './fault.js';
import type { JudgeContext } from './judge.js';
import { judge } from './judge.js';
import type { Arriving, SubmissionStore } from './store.js';

/** How the desk judges; see {@link JudgeContext}. */
export type DeskOptions = Pick<JudgeContext, 'now' | 'decrypt' | 'checkApplication'>;

/** Takes submissions in, decides on each once, and remembers; one identity at a time. */
export class Desk {
  readonly #store: SubmissionStore;
  readonly #faults: FaultSwitch;
  readonly #options: DeskOptions;
  readonly #seen: Set<string>;
  readonly #turns = new Turns();

  private constructor(store: SubmissionStore, faults: FaultSwitch, options: DeskOptions, seen: Set<string>) {
    this.#store = store;
    this.#faults = faults;
    this.#options = options;
    this.#seen = seen;
  }

  /** Opens the desk and decides on what a crash left undecided. */
  static async open(store: SubmissionStore, faults: FaultSwitch, options: DeskOptions): Promise<Desk> {
    const desk = new Desk(store, faults, options, new Set(await store.messageUuids()));
    for (const submissionId of await store.undecided()) await desk.#decide(submissionId);
    return desk;
  }

  /** Stores a submission durably; the decision follows on its own. */
  async receive(submissionId: string, body: Uint8Array): Promise<Arriving> {
    const receivedAt = this.#options.now().toISOString();
    const arriving = await this.#turns.take(submissionId, () =>
      this.#store.receive(submissionId, body, receivedAt),
    );
    if (arriving.outcome === 'new') {
      // A failure leaves the submission undecided: asking for its state tries again.
      this.#turns.take(submissionId, () => this.#decide(submissionId)).catch(() => undefined);
    }
    return arriving;
  }

  /** The decision once it is made, after waiting for one that is under way; `undefined` for an unknown identity. */
  async state(submissionId: string): Promise<SubmissionState | undefined> {
    return this.#turns.take(submissionId, async () => {
      if ((await this.#store.arrival(submissionId)) === undefined) return undefined;
      return this.#decide(submissionId);
    });
  }

  /** The body of a submission that was received. */
  body(submissionId: string): Promise<Uint8Array> {
    return this.#store.body(submissionId);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#turns.settled();
  }

  async #decide(submissionId: string): Promise<SubmissionState> {
    const known = await this.#store.decision(submissionId);
    if (known !== undefined) return known;
    const arrival = await this.#store.arrival(submissionId);
    if (arrival === undefined) throw new Error('a decision needs an arrival');
    const act = await judge(await this.#store.body(submissionId), {
      ...this.#options,
      arrival,
      rejectAll: this.#faults.occurs('reject'),
      seen: this.#seen,
    });
    await this.#store.act(act);
    for (const uuid of act.messageUuids) this.#seen.add(uuid);
    return act.state;
  }
}
