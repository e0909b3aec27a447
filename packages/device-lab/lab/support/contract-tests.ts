import { getActiveResourcesInfo } from 'node:process';
import { after, test } from 'node:test';
import type { BusKind } from '@buergerkoffer/core';
import { runTransportCase, type MakeTransportSubject, type TransportCase } from '@buergerkoffer/core/testing';

/** An emulated processor is this much slower than a computer. */
export const EMULATED = 10;

/**
 * Each case of a transport's suite as a test; what the subject cannot do is left out and says why. `afresh`, where devices stay plugged in,
 * unplugs them: after a case that spoiled them or failed, and at the end.
 */
export function contractTests<K extends BusKind>(
  title: string,
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
  afresh?: () => Promise<void>,
): void {
  if (afresh !== undefined) after(afresh);
  for (const one of suite) {
    void test(`${title}: ${one.name}`, async (context) => {
      const result = await runTransportCase(one, make);
      if (one.spoils === true || result.outcome === 'broken') await afresh?.();
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
