import type { Device } from '../device.js';
import type { Fault } from '../simulation/fault.js';

/** What a contract case works with: a device of the kind under test, and what can be done to it. */
export interface DeviceUnderTest<D extends Device> {
  /** Opens the device; the case closes it. */
  open(signal?: AbortSignal): Promise<D>;
  /** Pulls the plug. Where a real device cannot be unplugged by a program this is absent and its cases are skipped. */
  unplug?(): void | Promise<void>;
  /** Plugs it in again, so that the next case finds it. */
  plug?(): void | Promise<void>;
  /** Makes the next call of `operation` show `fault`; absent on real devices. */
  fault?(operation: string, fault: Fault): void;
  /** A person clears a jam or puts in paper; absent on real devices. */
  clear?(): void;
}

/** What a case needs beyond an ordinary device; without it the case is skipped, and says so. */
export type ContractNeed = 'unplug' | 'fault';

/** One promise that every device of a kind keeps. */
export interface ContractCase<D extends Device> {
  /** A sentence in the present tense. */
  readonly name: string;
  readonly needs?: readonly ContractNeed[];
  /** Resolves when the promise is kept; rejects with {@link ContractViolation} when not. */
  run(subject: DeviceUnderTest<D>): Promise<void>;
}

/** The device does not keep a promise of its kind. */
export class ContractViolation extends Error {
  override readonly name = 'ContractViolation';
}

/** Throws {@link ContractViolation} with `message` unless `condition` holds. */
export function expectThat(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ContractViolation(message);
}

/** How one case went; a skipped one names what it lacks. */
export type ContractResult =
  | { readonly name: string; readonly outcome: 'kept' }
  | { readonly name: string; readonly outcome: 'broken'; readonly error: unknown }
  | { readonly name: string; readonly outcome: 'skipped'; readonly lacks: ContractNeed };

/** What `subject` lacks for `contractCase`, or undefined when it can run. */
export function lacks<D extends Device>(
  contractCase: ContractCase<D>,
  subject: DeviceUnderTest<D>,
): ContractNeed | undefined {
  return contractCase.needs?.find((need) => subject[need] === undefined);
}

/** Runs a suite without a test framework, one case after another; `make` prepares a fresh subject for each. */
export async function runContract<D extends Device>(
  suite: readonly ContractCase<D>[],
  make: () => DeviceUnderTest<D> | Promise<DeviceUnderTest<D>>,
): Promise<readonly ContractResult[]> {
  const results: ContractResult[] = [];
  for (const contractCase of suite) {
    const subject = await make();
    const missing = lacks(contractCase, subject);
    if (missing !== undefined) {
      results.push({ name: contractCase.name, outcome: 'skipped', lacks: missing });
      continue;
    }
    try {
      await contractCase.run(subject);
      results.push({ name: contractCase.name, outcome: 'kept' });
    } catch (error) {
      results.push({ name: contractCase.name, outcome: 'broken', error });
    }
  }
  return results;
}
