import * as z from 'zod';

/** What the double can do wrong, as real services do. */
export const FAULT_NAMES = [
  'slow',
  'refuse',
  'answer-twice',
  'drop-after-accept',
  'drop-before-accept',
  'cut-answer',
  'reject',
  'garbage',
  'html-error',
  'forge-receipt',
  'replay-receipt',
] as const;

const times = z.int().min(1).max(1000).optional();

/**
 * A fault on demand; `times` ends it after so many occurrences, without it it stays.
 * `slow` answers after `seconds`; `refuse` answers 503 with Retry-After; `answer-twice` delivers each answer doubled;
 * `drop-after-accept` stores a new submission durably and cuts the connection before the response, `drop-before-accept`
 * cuts it without storing anything, `cut-answer` in the middle of the response; `reject` rejects what it decides on, each
 * message with a 0010; `garbage` answers with a page of HTML as if all were well, `html-error` with a page and status 502;
 * `forge-receipt` signs with a key that nobody trusts, `replay-receipt` sends the receipt of an earlier answer.
 */
export const DoubleFault = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('slow'), seconds: z.number().min(0).max(600), times }),
  z.strictObject({
    name: z.enum(FAULT_NAMES).exclude(['slow']),
    times,
  }),
]);
/** A fault on demand. */
export type DoubleFault = z.output<typeof DoubleFault>;

/** The fault that is on, and how often it still occurs. */
export class FaultSwitch {
  #fault: DoubleFault | undefined;
  #left = Infinity;

  constructor(fault: DoubleFault | undefined) {
    this.set(fault);
  }

  set(fault: DoubleFault | undefined): void {
    this.#fault = fault;
    this.#left = fault?.times ?? Infinity;
  }

  /** True when the fault is on; counts one occurrence. */
  occurs(name: Exclude<DoubleFault['name'], 'slow'>): boolean {
    return this.#fault?.name === name && this.#count();
  }

  /** Milliseconds to wait before answering, 0 when the fault `slow` is off; counts one occurrence. */
  delayMs(): number {
    const fault = this.#fault;
    return fault?.name === 'slow' && this.#count() ? fault.seconds * 1000 : 0;
  }

  #count(): boolean {
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }
}
