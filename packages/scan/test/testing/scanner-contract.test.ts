import { runContract } from '@buergerkoffer/core/testing';
import { describe, expect, it } from 'vitest';
import type { DocumentScanner, ScanItem } from '../../src/index.js';
import { simulatedDocumentScanner } from '../../src/simulator/index.js';
import { documentScannerContract } from '../../src/testing/index.js';

/** The names of the cases that a scanner with `change` breaks. */
async function brokenBy(
  change: (good: DocumentScanner) => Partial<DocumentScanner>,
): Promise<readonly string[]> {
  const results = await runContract(documentScannerContract, () => {
    const simulated = simulatedDocumentScanner({ paceMs: 1, documents: ['page', 'page'] });
    return {
      open: async (signal?: AbortSignal) => {
        const good = await simulated.open(signal);
        const bad: DocumentScanner = {
          info: good.info,
          ended: good.ended,
          capabilities: good.capabilities,
          close: () => good.close(),
          status: (abort) => good.status(abort),
          scan: (settings, abort) => good.scan(settings, abort),
          ...change(good),
        };
        return bad;
      },
      fault: (operation, fault) => {
        simulated.faults.plan({ operation, fault });
      },
      clear: () => {
        simulated.faults.clear();
      },
    };
  });
  return results.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
}

async function* changed(
  items: AsyncIterable<ScanItem>,
  change: (item: ScanItem) => readonly ScanItem[],
): AsyncGenerator<ScanItem> {
  for await (const item of items) yield* change(item);
}

describe('the contract of document scanners', () => {
  it('finds nothing wrong with the simulator', async () => {
    expect(await brokenBy(() => ({}))).toEqual([]);
  });

  it('catches a scanner that numbers every page 1', async () => {
    const broken = await brokenBy((good) => ({
      scan: (settings, signal) =>
        changed(good.scan(settings, signal), (item) =>
          item.type === 'page' ? [{ ...item, page: { ...item.page, number: 1 } }] : [item],
        ),
    }));
    expect(broken).toContain('a scan gives complete pages, numbered from 1, and ends');
  });

  it('catches a scanner that delivers the torn page of a jam', async () => {
    const broken = await brokenBy((good) => ({
      scan: (settings, signal) => {
        let last: ScanItem | undefined;
        return changed(good.scan(settings, signal), (item) => {
          const torn = item.type === 'attention' && last !== undefined ? [last] : [];
          last = item;
          return [item, ...torn];
        });
      },
    }));
    expect(broken).toContainEqual(expect.stringContaining('a jam in the middle of a page'));
  });

  it('catches a scanner that takes any settings', async () => {
    const broken = await brokenBy((good) => ({
      scan: (_, signal) =>
        good.scan({ source: 'adf', resolutionPpi: 75, colorMode: 'Grayscale8', patienceMs: 200 }, signal),
    }));
    expect(broken).toEqual(
      expect.arrayContaining([
        'settings outside the capabilities are refused before the device is asked',
        'an area gives a picture of that area',
      ]),
    );
  });

  it('catches a scanner whose status stands still', async () => {
    const broken = await brokenBy(() => ({
      status: () => Promise.resolve({ state: 'idle', adf: 'loaded' }),
    }));
    expect(broken).toContain('the status can be asked for, also while a scan runs');
  });
});
