import type { Bench } from '@buergerkoffer/device-lab';
import type { Simulated } from '@buergerkoffer/core/simulation';

/** The person in the room who puts in paper, clears a jam and plugs things in again, as somebody would at a bedside. */
export interface Helper {
  /** Clears a jam or puts in paper at the device of that kind. */
  clear(kind: string): void;
  /** Plugs the device of that kind in again. */
  plugIn(kind: string): void;
}

/** How long the helper needs, in milliseconds. */
const HELP_MS = 150;

/** A helper who works on the things of `bench`, after a moment. */
export function helperAt(bench: Bench, things: readonly Simulated[]): Helper {
  const later = (kind: string, work: (thing: Simulated) => void): void => {
    const thing = things.find((each) => each.kind.id === kind);
    if (thing !== undefined)
      setTimeout(() => {
        work(thing);
      }, HELP_MS);
  };
  return {
    clear: (kind) => {
      later(kind, (thing) => {
        thing.faults.clear();
      });
    },
    plugIn: (kind) => {
      later(kind, (thing) => {
        bench.plug(thing, `bench:${kind}`);
      });
    },
  };
}
