import { DeviceError } from '@buergerkoffer/core';
import { SdkError } from '@buergerkoffer/formats';
import { Observable } from 'rxjs';
import type { PrintEvent } from '../printer.js';
import { Patience } from './patience.js';

/** A job as a driver carries it out. */
export interface PrintWork {
  /** Does it, until it has ended; rejects with the reason of `signal` when nobody waits any more. */
  readonly run: (tell: (event: PrintEvent) => void, signal: AbortSignal) => Promise<void>;
  /** Whoever listened has left before the end: the job is to be cancelled. Not called after an error. */
  readonly given: (running: Promise<void>) => void;
  /** The work failed with `error`, of which the stream will tell. */
  readonly failed?: (error: unknown) => void;
}

/** The events of one job; a silence of more than `patienceMs` milliseconds is an error, and leaves the job to the printer. */
export function printStream(patienceMs: number, work: PrintWork): Observable<PrintEvent> {
  return new Observable((subscriber) => {
    const giveUp = new AbortController();
    let over = false;
    const fail = (error: unknown): void => {
      over = true;
      patience.end();
      const isTyped = error instanceof SdkError;
      subscriber.error(isTyped ? error : new DeviceError('protocol', 'printing failed', { cause: error }));
    };
    const patience = new Patience(patienceMs, (error) => {
      fail(error);
      giveUp.abort(error);
    });
    const tell = (event: PrintEvent): void => {
      if (over) return;
      patience.heard(event);
      subscriber.next(event);
    };
    const running = work.run(tell, giveUp.signal);
    running.then(
      () => {
        over = true;
        patience.end();
        subscriber.complete();
      },
      (error: unknown) => {
        work.failed?.(error);
        if (!over) fail(error);
      },
    );
    return () => {
      patience.end();
      if (over) return;
      over = true;
      giveUp.abort(new DeviceError('closed', 'the job was given up'));
      work.given(running);
    };
  });
}
