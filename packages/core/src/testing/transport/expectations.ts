import { take, throwIfEmpty, type Observable } from 'rxjs';
import { delay } from '../../deadline.js';
import { DeviceError, type DeviceErrorCode } from '../../device-error.js';
import { ContractViolation, expectThat } from '../contract.js';

/** Things are waited for in turns of this length, in milliseconds. */
const TURN_MS = 10;

type Settled<T> =
  | { readonly state: 'fulfilled'; readonly value: T }
  | { readonly state: 'rejected'; readonly error: unknown };

/** `work` itself; how it ends is looked at later, and its rejection is nobody's surprise until then. */
export function begun<T>(work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  return work;
}

/** The value of `work`; a rejection, or not to settle within `ms`, breaks the promise `what`. */
export async function keeps<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  const settled = await settledWithin(ms, work);
  if (settled === undefined) throw new ContractViolation(`${what}: nothing within ${ms} ms`);
  if (settled.state === 'fulfilled') return settled.value;
  throw new ContractViolation(`${what}: rejected with ${describe(settled.error)}`, { cause: settled.error });
}

/** Resolves when `work` is refused with one of `codes` within `ms`. */
export async function refuses(
  what: string,
  ms: number,
  work: Promise<unknown>,
  ...codes: readonly [DeviceErrorCode, ...DeviceErrorCode[]]
): Promise<void> {
  const error = await rejection(what, ms, work);
  expectThat(error instanceof DeviceError, `${what}: ${describe(error)} is no DeviceError`);
  expectThat(codes.includes(error.code), `${what}: expected ${codes.join(' or ')}, got ${describe(error)}`);
}

/** Resolves when `work` rejects with `reason` itself, which its signal was aborted with, within `ms`. */
export async function endsWith(
  what: string,
  ms: number,
  work: Promise<unknown>,
  reason: unknown,
): Promise<void> {
  const error = await rejection(what, ms, work);
  expectThat(error === reason, `${what}: expected signal.reason, got ${describe(error)}`);
}

/** `work` must be pending still after `ms` milliseconds. */
export async function staysPending(what: string, ms: number, work: Promise<unknown>): Promise<void> {
  const started = performance.now();
  const settled = await settledWithin(ms, work);
  // On a computer that stands still for a while, both timers are due when it goes on.
  if (settled === undefined || performance.now() - started >= ms) return;
  const how = settled.state === 'fulfilled' ? 'an answer' : describe(settled.error);
  throw new ContractViolation(`${what}: expected to wait, got ${how}`);
}

/** `actual` must be the bytes `expected`; says where they part, never what they are. */
export function sameBytes(what: string, actual: Uint8Array, expected: Uint8Array): void {
  const at = expected.findIndex((byte, index) => actual[index] !== byte);
  const parted = at < 0 ? '' : `, other bytes from ${at} on`;
  expectThat(
    actual.length === expected.length && at < 0,
    `${what}: expected ${expected.length} bytes, got ${actual.length}${parted}`,
  );
}

/** Asks again and again until the answer is true, for `ms` milliseconds. */
export async function becomes(
  what: string,
  ms: number,
  ask: () => boolean | Promise<boolean>,
): Promise<void> {
  for (let waitedMs = 0; waitedMs < ms; waitedMs += TURN_MS) {
    if (await ask()) return;
    await delay(TURN_MS);
  }
  throw new ContractViolation(`${what}: not within ${ms} ms`);
}

/** The first value of `stream`, which is left then; a stream that ends without one breaks a promise. */
export function firstOf<T>(stream: Observable<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    stream
      .pipe(
        take(1),
        throwIfEmpty(() => new ContractViolation('the stream ended without a value')),
      )
      .subscribe({ next: resolve, error: reject });
  });
}

/** An error in words. */
export function describe(value: unknown): string {
  if (value instanceof DeviceError) return `${value.code} (${value.message})`;
  return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
}

async function rejection(what: string, ms: number, work: Promise<unknown>): Promise<unknown> {
  const settled = await settledWithin(ms, work);
  if (settled === undefined) throw new ContractViolation(`${what}: nothing within ${ms} ms`);
  if (settled.state === 'rejected') return settled.error;
  throw new ContractViolation(`${what}: expected to be refused, got an answer`);
}

/**
 * How `work` has settled, or undefined when it is pending after `ms` milliseconds. Only the time in which the event
 * loop could run counts: while another program has the processor, a turn lasts longer and still counts as one.
 */
async function settledWithin<T>(ms: number, work: Promise<T>): Promise<Settled<T> | undefined> {
  const settling = work.then(
    (value): Settled<T> => ({ state: 'fulfilled', value }),
    (error: unknown): Settled<T> => ({ state: 'rejected', error }),
  );
  for (let waitedMs = 0; waitedMs < ms; waitedMs += TURN_MS) {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, TURN_MS, undefined);
    });
    const settled = await Promise.race([settling, over]);
    clearTimeout(timer);
    if (settled !== undefined) return settled;
  }
  return undefined;
}
