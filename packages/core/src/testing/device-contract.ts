import { Subscription, type Observable } from 'rxjs';
import { delay, withDeadline } from '../deadline.js';
import type { Device } from '../device.js';
import { DeviceError, type DeviceErrorCode } from '../device-error.js';
import { ContractViolation, expectThat, type ContractCase, type DeviceUnderTest } from './contract.js';

/** A loss must be reported within this time, in milliseconds. */
const LOSS_MS = 100;
/** The loss is waited for in turns of this length, in milliseconds. */
const TURN_MS = 10;
/** `close()` must resolve within this time, whatever runs, in milliseconds. */
const CLOSE_MS = 2_000;
/** How long a case waits for a device to do what it must, in milliseconds. */
export const PATIENCE_MS = 10_000;

/**
 * What every device of every kind promises, whatever it does. `start` begins the kind's longest operation as a
 * stream (wrap a promise or an iteration) so that its ending can be watched; `operation` is its name.
 */
export function deviceContract<D extends Device>(
  operation: string,
  start: (device: D) => Observable<unknown>,
): readonly ContractCase<D>[] {
  return [
    {
      name: 'closing twice is closing once, and `ended` says closed',
      run: (subject) =>
        withDevice(subject, async (device) => {
          await closes(device);
          await closes(device);
          const end = await keepsTo('ended after close()', CLOSE_MS, device.ended);
          expectThat(end.reason === 'closed', `ended says ${end.reason} after close()`);
        }),
    },
    {
      name: 'an operation on a closed device is refused as closed',
      run: (subject) =>
        withDevice(subject, async (device) => {
          await closes(device);
          await expectFailure(start(device), 'closed');
        }),
    },
    {
      name: 'nothing starts before somebody subscribes',
      run: (subject) =>
        withDevice(subject, async (device) => {
          void start(device);
          await expectRuns(start(device));
        }),
    },
    {
      name: 'a second operation is busy and leaves the first one alone',
      run: (subject) =>
        withDevice(subject, async (device) => {
          const first = watch(start(device));
          await expectFailure(start(device), 'busy');
          expectThat(!first.failed(), 'the first operation ended when a second one was asked for');
          first.stop();
        }),
    },
    {
      name: 'unsubscribing cancels, and the next operation runs',
      run: (subject) =>
        withDevice(subject, async (device) => {
          watch(start(device)).stop();
          await expectRuns(start(device));
        }),
    },
    {
      name: 'close() ends a running operation and does not wait for it',
      run: (subject) =>
        withDevice(subject, async (device) => {
          await Promise.all([expectFailure(start(device), 'closed'), closes(device)]);
        }),
    },
    {
      name: `a device that goes away in the middle of ${operation} is lost within ${LOSS_MS} ms`,
      needs: ['unplug'],
      run: (subject) =>
        withDevice(subject, async (device) => {
          const running = expectFailure(start(device), 'lost');
          running.catch(() => undefined);
          await subject.unplug?.();
          await promptly(`the running operation hears of the loss`, running);
          const end = await promptly('ended hears of the loss', device.ended);
          expectThat(end.reason === 'lost', `ended says ${end.reason} after the plug was pulled`);
          await closes(device);
        }),
    },
    {
      name: 'a device that was plugged in again opens and works',
      needs: ['unplug'],
      run: async (subject) => {
        const before = await subject.open();
        await subject.unplug?.();
        await keepsTo('ended after the plug was pulled', CLOSE_MS, before.ended);
        await subject.plug?.();
        await withDevice(subject, (device) => expectRuns(start(device)));
      },
    },
  ];
}

/** Opens, runs `body`, closes whatever happens. */
export async function withDevice<D extends Device>(
  subject: DeviceUnderTest<D>,
  body: (device: D) => Promise<void>,
): Promise<void> {
  const device = await withDeadline('open', PATIENCE_MS, (signal) => subject.open(signal));
  try {
    await body(device);
  } catch (error) {
    // What went wrong first is what counts, and a device that does not close must not hold the suite.
    await closes(device).catch(() => undefined);
    throw error;
  }
  await closes(device);
}

/** `close()` must resolve, and soon. */
function closes(device: Device): Promise<void> {
  return keepsTo('close()', CLOSE_MS, device.close());
}

/** The value of `work`; being late is a violation. */
async function keepsTo<T>(what: string, ms: number, work: Promise<T>): Promise<T> {
  return withDeadline(what, ms, () => work).catch((error: unknown) => {
    if (!(error instanceof DeviceError) || error.message !== `${what} took longer than ${ms} ms`) throw error;
    throw new ContractViolation(error.message);
  });
}

/**
 * The value of `work`, which must settle within {@link LOSS_MS}. Only the time in which the event loop could run
 * counts: while another program has the processor, a turn lasts longer and still counts as one.
 */
async function promptly<T>(what: string, work: Promise<T>): Promise<T> {
  const settled = work.then(
    () => true,
    () => true,
  );
  for (let waitedMs = 0; waitedMs < LOSS_MS; waitedMs += TURN_MS) {
    if (await Promise.race([settled, delay(TURN_MS).then(() => false)])) return work;
  }
  throw new ContractViolation(`${what} later than ${LOSS_MS} ms after it`);
}

/** Resolves when `stream` fails with a DeviceError of `code`. */
export async function expectFailure(stream: Observable<unknown>, code: DeviceErrorCode): Promise<void> {
  const what = `an error ${code}`;
  const error = await withDeadline(what, PATIENCE_MS, (signal) => ending(stream, signal)).catch(() => {
    throw new ContractViolation(`no ${what} within ${PATIENCE_MS} ms`);
  });
  expectThat(error instanceof DeviceError, `expected a DeviceError ${code}, got ${describe(error)}`);
  expectThat(error.code === code, `expected ${code}, got ${error.code}: ${error.message}`);
}

/** Resolves at the first value, or at the completion, of `stream`, and cancels it. */
export async function expectRuns(stream: Observable<unknown>): Promise<void> {
  await withDeadline('a first event', PATIENCE_MS, (signal) => firstSign(stream, signal)).catch(
    (error: unknown) => {
      throw new ContractViolation(`expected a first event, got ${describe(error)}`);
    },
  );
}

/** Collects the values of `stream` until it completes; rejects with its error, and after `PATIENCE_MS`. */
export function collect<T>(stream: Observable<T>): Promise<readonly T[]> {
  return withDeadline('the end of the stream', PATIENCE_MS, (signal) => {
    const values: T[] = [];
    return new Promise<readonly T[]>((resolve, reject) => {
      const subscription = stream.subscribe({
        next: (value) => values.push(value),
        error: reject,
        complete: () => {
          resolve(values);
        },
      });
      signal.addEventListener('abort', () => {
        subscription.unsubscribe();
      });
    });
  });
}

function watch(stream: Observable<unknown>): { readonly failed: () => boolean; readonly stop: () => void } {
  let failed = false;
  const subscription: Subscription = stream.subscribe({
    error: () => {
      failed = true;
    },
  });
  return {
    failed: () => failed,
    stop: () => {
      subscription.unsubscribe();
    },
  };
}

function ending(stream: Observable<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    const subscription = stream.subscribe({
      error: resolve,
      complete: () => {
        resolve('completion');
      },
    });
    signal.addEventListener('abort', () => {
      subscription.unsubscribe();
    });
  });
}

function firstSign(stream: Observable<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const subscription = new Subscription();
    const done = (): void => {
      subscription.unsubscribe();
      resolve();
    };
    subscription.add(stream.subscribe({ next: done, complete: done, error: reject }));
    signal.addEventListener('abort', () => {
      subscription.unsubscribe();
    });
  });
}

function describe(value: unknown): string {
  return value instanceof Error ? `${value.name}: ${value.message}` : String(value);
}
