import { delay } from '@buergerkoffer/core';
import type { Simulated } from '@buergerkoffer/core/simulation';
import type { Bench } from '@buergerkoffer/device-lab';

/** The person in the room who puts in paper, clears a jam and plugs things in again, as somebody would at a bedside. */
export interface Helper {
  /** Clears a jam or puts in paper at the device of that kind, after a moment. */
  clear(kind: string): Promise<void>;
  /** Plugs the device of that kind in again, after a moment. */
  plugIn(kind: string): Promise<void>;
}

/** How long the helper needs, in milliseconds. */
const HELP_MS = 150;

/** A helper who works on the things of `bench`. */
export function helperAt(bench: Bench, things: readonly Simulated[]): Helper {
  const thingOf = async (kind: string): Promise<readonly Simulated[]> => {
    await delay(HELP_MS);
    return things.filter((thing) => thing.kind.id === kind);
  };
  return {
    clear: async (kind) => {
      for (const thing of await thingOf(kind)) thing.faults.clear();
    },
    plugIn: async (kind) => {
      for (const thing of await thingOf(kind)) bench.plug(thing, `bench:${kind}`);
    },
  };
}
