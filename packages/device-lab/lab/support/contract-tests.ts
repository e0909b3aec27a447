import { getActiveResourcesInfo } from 'node:process';
import { test } from 'node:test';
import type { BusKind } from '@buergerkoffer/core';
import { runTransportCase, type MakeTransportSubject, type TransportCase } from '@buergerkoffer/core/testing';

/** An emulated processor is this much slower than a computer. */
export const EMULATED = 10;

/** Each case of a transport's suite as a test; what the subject cannot do is left out and says why. */
export function contractTests<K extends BusKind>(
  title: string,
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
): void {
  for (const one of suite) {
    void test(`${title}: ${one.name}`, async (context) => {
      const result = await runTransportCase(one, make);
      if (result.outcome === 'skipped') context.skip(result.reason);
      if (result.outcome === 'broken') throw result.error;
    });
  }
}

/** Handles and timers that keep this process alive, by name. */
export function resourcesLeft(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
