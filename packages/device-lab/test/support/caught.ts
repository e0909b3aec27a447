import { describe, expect, it } from 'vitest';
import type { BusKind } from '@buergerkoffer/core';
import { runTransportCase, type MakeTransportSubject, type TransportCase } from '@buergerkoffer/core/testing';
import { catches, sabotaged, type Sabotage } from './sabotage.js';
import { inVirtualTime } from './virtual-time.js';

/** Proves that `suite` catches what is done wrong, each by the case that is named, and that each case catches something. */
export function caught<K extends BusKind>(
  suiteName: string,
  suite: readonly TransportCase<K>[],
  make: MakeTransportSubject<K>,
  sabotages: readonly Sabotage<K>[],
): void {
  describe(`${suiteName} catches a transport that`, () => {
    for (const sabotage of sabotages) {
      it(sabotage.does, async () => {
        const one = suite.find(({ name }) => name === sabotage.caughtBy);
        if (one === undefined) throw new Error(`there is no case "${sabotage.caughtBy}"`);
        expect(await catches(one, make, sabotage)).toBe(true);
        const honest = { does: 'nothing wrong', caughtBy: '' };
        const result = await inVirtualTime(() => runTransportCase(one, sabotaged(make, honest)));
        expect(result.outcome).toBe('kept');
      });
    }
  });

  describe(`each promise of ${suiteName} is broken by some of them`, () => {
    for (const one of suite) {
      it(one.name, async ({ skip }) => {
        if (sabotages.some(({ caughtBy }) => caughtBy === one.name)) return;
        const result = await inVirtualTime(() => runTransportCase(one, make));
        if (result.outcome === 'skipped') skip(result.reason);
        for (const sabotage of sabotages) if (await catches(one, make, sabotage)) return;
        throw new Error('nothing breaks this promise');
      });
    }
  });
}
