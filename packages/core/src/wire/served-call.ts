import { isObservable, Subscription } from 'rxjs';
import type { OperationShape } from '../device.js';
import { DeviceError } from '../device-error.js';
import { CallReport, type SendReport } from './call-report.js';

/** One operation that runs here for the other side. */
export interface ServedCall {
  /** The other side wants the next item. */
  pull(): void;
  /** Aborts the signal that the operation was given. */
  abort(): void;
  /** Nobody wants the rest; an iteration still reports its end. */
  cancel(): void;
}

/**
 * Runs one operation and sends what comes of it. `start` calls the device's method with the signal that `abort`
 * aborts; what it throws is the operation's failure.
 */
export function serveCall(
  operation: string,
  shape: OperationShape,
  start: (signal: AbortSignal) => unknown,
  send: SendReport,
): ServedCall {
  const controller = new AbortController();
  const report = new CallReport(operation, send);
  const abort = (): void => {
    controller.abort(new DeviceError('closed', `${operation} was aborted by its caller`));
  };
  try {
    const result = start(controller.signal);
    switch (shape) {
      case 'stream':
        return { ...serveStream(result, report), abort };
      case 'call':
        return { ...serveAnswer(result, report), abort };
      case 'iterate':
        return { ...serveIteration(result, report, abort), abort };
      default:
        return shape satisfies never;
    }
  } catch (error) {
    report.failed(error);
    return { pull: nothing, abort, cancel: nothing };
  }
}

type Served = Pick<ServedCall, 'pull' | 'cancel'>;

function serveStream(result: unknown, report: CallReport): Served {
  if (!isObservable(result)) throw report.misshaped('an Observable');
  const subscription = new Subscription();
  const stop = (): void => {
    report.mute();
    subscription.unsubscribe();
  };
  subscription.add(
    result.subscribe({
      next: (value) => {
        if (!report.value(value)) stop();
      },
      error: (error: unknown) => {
        report.failed(error);
      },
      complete: () => {
        report.done();
      },
    }),
  );
  return { pull: nothing, cancel: stop };
}

function serveAnswer(result: unknown, report: CallReport): Served {
  Promise.resolve(result).then(
    (value) => {
      report.value(value);
      report.mute();
    },
    (error: unknown) => {
      report.failed(error);
    },
  );
  return {
    pull: nothing,
    cancel: () => {
      report.mute();
    },
  };
}

function serveIteration(result: unknown, report: CallReport, abort: () => void): Served {
  if (!isAsyncIterable(result)) throw report.misshaped('an AsyncIterable');
  const iterator = result[Symbol.asyncIterator]();
  let pending = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const end = async (): Promise<void> => {
    await iterator.return?.();
    report.done();
  };
  const fail = (error: unknown): void => {
    report.failed(error);
  };
  const pull = async (): Promise<void> => {
    const item = await iterator.next();
    pending -= 1;
    if (item.done === true) report.done();
    else if (!report.value(item.value)) await iterator.return?.();
  };
  return {
    pull: () => {
      pending += 1;
      turn = turn.then(pull).catch(fail);
    },
    cancel: () => {
      // An iterator takes `return` only after the item that it is working on.
      if (pending > 0) abort();
      end().catch(fail);
    },
  };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}

function nothing(): void {
  // This shape has nothing to do here.
}
