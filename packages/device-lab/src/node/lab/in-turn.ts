import type { CompleteNeeds } from './lab-needs.js';

/** What a computer can do side by side. */
export interface Room {
  /** Guests at a time, at least 1. */
  readonly guests: number;
  /** Processors of this computer. */
  readonly processors: number;
}

/** What decides when something may begin. */
type Load = Pick<CompleteNeeds, 'measures' | 'processors'>;

/** In this order: those that measure, the largest first, while nothing else is there; then those that take long, then the others. */
export function turnOf({ measures, processors, long }: Load & Pick<CompleteNeeds, 'long'>): number {
  if (measures) return -processors;
  return long ? 1 : 2;
}

/** Whether one with the needs `next` may begin beside `running`: while somebody measures, each has its processors to itself. */
export function mayBegin(next: Load, running: readonly Load[], { guests, processors }: Room): boolean {
  if (running.length === 0) return true;
  if (running.length >= guests) return false;
  const all = [...running, next];
  if (!all.some(({ measures }) => measures)) return true;
  return all.reduce((sum, each) => sum + each.processors, 0) <= processors;
}

/**
 * Runs `work` for each of `items`, some side by side, as soon as there is room for it. Rejects with the first error when all that had
 * begun have ended; nothing more begins then.
 */
export async function inTurn<T>(
  items: readonly T[],
  needsOf: (item: T) => CompleteNeeds,
  room: Room,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items].sort((a, b) => turnOf(needsOf(a)) - turnOf(needsOf(b)));
  const running = new Map<T, Promise<void>>();
  const errors: unknown[] = [];
  const begin = (item: T): void => {
    waiting.splice(waiting.indexOf(item), 1);
    const ending = work(item)
      .catch((error: unknown) => {
        errors.push(error);
      })
      .finally(() => running.delete(item));
    running.set(item, ending);
  };
  for (;;) {
    const busy = [...running.keys()].map(needsOf);
    const next =
      errors.length === 0 ? waiting.find((item) => mayBegin(needsOf(item), busy, room)) : undefined;
    if (next !== undefined) begin(next);
    else if (running.size > 0) await Promise.race(running.values());
    else break;
  }
  if (errors.length > 0) throw errors[0];
}
