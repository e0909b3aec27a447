import { delay, DeviceError } from '@buergerkoffer/core';
import { Observable } from 'rxjs';
import type { BodyEvent, Dialect } from './dialect.js';

/** From one question about events to the next, in milliseconds: nobody waits longer than 200 for an event. */
const POLL_MS = 100;

/**
 * What happens at the camera while subscribed, in the order in which it tells: its own events (`told`), and for makers
 * that want it, what it answers when asked. A handle is told once. Errors as the questions do.
 */
export function bodyEvents(dialect: Dialect, told: Observable<BodyEvent>): Observable<BodyEvent> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const known = new Set<number>();
    const tell = (event: BodyEvent): void => {
      const handle = handleOf(event);
      if (handle !== undefined && known.has(handle)) return;
      if (handle !== undefined) known.add(handle);
      subscriber.next(event);
    };
    subscriber.add(
      told.subscribe({
        next: tell,
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
    subscriber.add(() => {
      stop.abort();
    });
    void poll(dialect, stop.signal, tell).catch((error: unknown) => {
      subscriber.error(error);
    });
  });
}

/** A question under way is waited for, not cancelled; what it brings after the end is forgotten. */
async function poll(dialect: Dialect, signal: AbortSignal, tell: (event: BodyEvent) => void): Promise<void> {
  if (dialect.poll === undefined) return;
  while (!signal.aborted) {
    const events = await dialect.poll().catch((error: unknown) => {
      // Between two pictures some bodies answer nothing else for a while.
      if (error instanceof DeviceError && error.code === 'busy') return [];
      throw error;
    });
    for (const event of events) tell(event);
    await delay(POLL_MS, signal);
  }
}

/** Nikon gives every photo in memory the same handle: only those on a card are told apart by it. */
function handleOf(event: BodyEvent): number | undefined {
  if (event.type === 'object-added') return event.object.handle;
  return event.type === 'handle-added' && event.handle < 0xffff_0000 ? event.handle : undefined;
}
