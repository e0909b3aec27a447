import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getActiveResourcesInfo } from 'node:process';
import { describe, it } from 'vitest';
import { serialBus } from '@buergerkoffer/core/node';
import { runTransportCase, serialContract, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { referenceLine } from '@buergerkoffer/device-lab';
import { attachPty } from '@buergerkoffer/device-lab/node';

const hasSocat = spawnSync('socat', ['-V']).status === 0;
if (!hasSocat) console.log('skipped: the contract on pseudo-terminals needs socat (apt-get install socat)');

/** The reference device behind two pseudo-terminals, opened by the real `serialport`. */
async function subject(): Promise<TransportUnderTest<'serial'>> {
  const folder = mkdtempSync(join(tmpdir(), 'serial-contract-'));
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  const twin = await attachPty(referenceLine(), { link: second });
  let attached = await attachPty(referenceLine(), { link: first });
  return {
    bus: serialBus({ extraPaths: [first, second] }),
    openOptions: { baudRate: 115_200 },
    roleOf: ({ path }) => (path === first ? 'first' : path === second ? 'second' : undefined),
    unplug: () => attached.unplug(),
    plug: async () => {
      attached = await attachPty(referenceLine(), { link: first });
    },
    leaks: () => {
      const counts: Record<string, number> = {};
      for (const name of getActiveResourcesInfo()) counts[name] = (counts[name] ?? 0) + 1;
      return counts;
    },
    release: async () => {
      await attached.unplug();
      await twin.unplug();
      rmSync(folder, { recursive: true });
    },
  };
}

describe.skipIf(!hasSocat)('the contract of serial lines on pseudo-terminals', () => {
  it.each(serialContract().map((one) => ({ one, name: one.name })))(
    '$name',
    { timeout: 120_000 },
    async ({ one }) => {
      const result = await runTransportCase(one, subject);
      if (result.outcome === 'broken') throw result.error;
    },
  );
});
