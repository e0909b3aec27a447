import { describe, it } from 'vitest';
import type { BusKind } from '@buergerkoffer/core';
import { runTransportCase, type MakeTransportSubject, type TransportCase } from '@buergerkoffer/core/testing';
import { inVirtualTime } from './virtual-time.js';

/** One test for each promise of `suite`, kept by transports of this process, in virtual time. */
export function keptBy<K extends BusKind>(
  who: string,
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
): void {
  describe(who, () => {
    for (const one of suite) {
      it(one.name, async ({ skip }) => {
        const result = await inVirtualTime(() => runTransportCase(one, make));
        if (result.outcome === 'skipped') skip(result.reason);
        if (result.outcome === 'broken') throw result.error;
      });
    }
  });
}
