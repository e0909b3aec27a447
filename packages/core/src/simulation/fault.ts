import { DeviceError } from '../device-error.js';

/**
 * What a simulated device does wrong, on demand.
 * - `retry`: asks the person to try again, `times` times, then goes on.
 * - `time-out`: says nothing until the deadline of the operation ends it.
 * - `jam`, `paper-out`: needs a hand; goes on once the fault was cleared (see `FaultScript.clear`).
 * - `stall`: answers with a protocol error.
 * - `vanish`: is unplugged in the middle of the operation.
 */
export type Fault =
  | { readonly type: 'retry'; readonly times: number }
  | { readonly type: 'time-out' }
  | { readonly type: 'jam' }
  | { readonly type: 'paper-out' }
  | { readonly type: 'stall' }
  | { readonly type: 'vanish' };

/** Names of faults, as a shell or a configuration writes them. */
export const FAULT_TYPES = [
  'retry',
  'time-out',
  'jam',
  'paper-out',
  'stall',
  'vanish',
] as const satisfies readonly Fault['type'][];

/** A fault and the operation it hits; `onCall` 1 is the next call of that operation, the default. */
export interface PlannedFault {
  readonly operation: string;
  readonly onCall?: number;
  readonly fault: Fault;
}

/** What a simulator can show: for each of its operations the faults that make sense there. */
export interface KnownFaults {
  /** The thing in words, with its article: `a simulated printer`. */
  readonly thing: string;
  readonly operations: Readonly<Record<string, readonly Fault['type'][]>>;
}

/** The most attempts that one `retry` fails. */
const MOST_RETRIES = 100;

/**
 * The faults that a simulated device will show, as a script: planned per operation and call, each shown once.
 * A simulator asks `take(operation)` once when an operation starts. A fault that the simulator does not know is
 * refused when it is planned, `unsupported`; an impossible call or number of times is `invalid-request`.
 */
export class FaultScript {
  readonly #planned: PlannedFault[];
  readonly #known: KnownFaults | undefined;
  readonly #calls = new Map<string, number>();
  #waiting: (() => void)[] = [];

  /** Without `known` every fault can be planned, and the simulator must refuse what it does not know itself. */
  constructor(planned: readonly PlannedFault[] = [], known?: KnownFaults) {
    this.#known = known;
    for (const one of planned) this.#check(one);
    this.#planned = [...planned];
  }

  /** Adds a fault; `onCall` counts from the next call on. */
  plan(planned: PlannedFault): void {
    this.#check(planned);
    const made = this.#calls.get(planned.operation) ?? 0;
    this.#planned.push({ ...planned, onCall: made + (planned.onCall ?? 1) });
  }

  /** The fault that this call of `operation` shows, or undefined; counts the call. */
  take(operation: string): Fault | undefined {
    const call = (this.#calls.get(operation) ?? 0) + 1;
    this.#calls.set(operation, call);
    const index = this.#planned.findIndex((p) => p.operation === operation && (p.onCall ?? 1) === call);
    return index < 0 ? undefined : this.#planned.splice(index, 1)[0]?.fault;
  }

  #check({ operation, onCall = 1, fault }: PlannedFault): void {
    const known = this.#known;
    if (known !== undefined) {
      const faults = Object.hasOwn(known.operations, operation) ? known.operations[operation] : undefined;
      if (faults?.includes(fault.type) !== true) throw unknownFault(known, operation, fault);
    }
    if (!Number.isSafeInteger(onCall) || onCall < 1) {
      throw new DeviceError('invalid-request', 'onCall counts from 1', { path: 'onCall' });
    }
    if (
      fault.type === 'retry' &&
      !(Number.isInteger(fault.times) && fault.times >= 0 && fault.times <= MOST_RETRIES)
    ) {
      throw new DeviceError('invalid-request', `times is an integer from 0 to ${MOST_RETRIES}`, {
        path: 'fault.times',
      });
    }
  }

  /** A person has cleared the jam or put in paper: every device that waits for a hand goes on. */
  clear(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** Resolves at the next `clear()`; rejects with `signal.reason`. */
  cleared(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const go = (): void => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== go);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(go);
    });
  }
}

function unknownFault({ thing, operations }: KnownFaults, operation: string, fault: Fault): DeviceError {
  const choices = Object.entries(operations).map(([name, faults]) => `${faults.join(', ')} of ${name}`);
  return new DeviceError('unsupported', `${thing} cannot show the fault ${fault.type} of ${operation}`, {
    remedy:
      choices.length === 0 ? 'plan no fault: it knows none' : `plan one of these: ${choices.join('; ')}`,
  });
}
