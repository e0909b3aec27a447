import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { greyImage, InputError } from '@buergerkoffer/formats';
import { collect, type DeviceUnderTest, simulatedSubject } from '@buergerkoffer/core/testing';
import { describe, expect, it } from 'vitest';
import type { DocumentScanner, ScanItem, ScannedPage, ScanSettings } from '../../src/index.js';
import { simulatedDocumentScanner, type SimulatedDocumentScannerOptions } from '../../src/simulator/index.js';
import { documentScannerContract } from '../../src/testing/index.js';
import { streamOf } from '../../src/testing/stream-of.js';

const COARSE: ScanSettings = { source: 'adf', resolutionPpi: 75, colorMode: 'Grayscale8' };

function subject(options: SimulatedDocumentScannerOptions): DeviceUnderTest<DocumentScanner> {
  return simulatedSubject(simulatedDocumentScanner({ paceMs: 1, ...options }));
}

async function scanned(
  options: SimulatedDocumentScannerOptions,
  settings = COARSE,
): Promise<readonly ScanItem[]> {
  const scanner = await simulatedDocumentScanner({ paceMs: 0, ...options }).open();
  return collect(streamOf(scanner.scan(settings)));
}

function pages(items: readonly ScanItem[]): readonly ScannedPage[] {
  return items.flatMap((item) => (item.type === 'page' ? [item.page] : []));
}

function pixelsOf(page: ScannedPage | undefined): Uint8Array {
  if (page?.content.form !== 'pixels') throw new Error('no pixels came');
  return page.content.image.data;
}

describe('a scanner with glass and feeder keeps the contract', () => {
  it.each(documentScannerContract)('$name', (contractCase) =>
    contractCase.run(subject({ documents: ['page', 'page', 'page'] })),
  );
});

describe('a scanner with glass only keeps the contract', () => {
  const capabilities = { sources: ['platen'], duplex: false, colorModes: ['RGB24'] } as const;
  it.each(documentScannerContract)('$name', (contractCase) => contractCase.run(subject({ capabilities })));
});

describe('a feeder with a single sheet keeps the contract', () => {
  it.each(documentScannerContract)('$name', (contractCase) =>
    contractCase.run(subject({ capabilities: { sources: ['adf'] } })),
  );
});

describe('the simulated scanner', () => {
  it('draws the same bytes from the same seed and others from another', async () => {
    const [first, again, other] = await Promise.all([
      scanned({ seed: 7 }),
      scanned({ seed: 7 }),
      scanned({ seed: 8 }),
    ]);
    expect(Buffer.compare(pixelsOf(pages(again)[0]), pixelsOf(pages(first)[0]))).toBe(0);
    expect(Buffer.compare(pixelsOf(pages(other)[0]), pixelsOf(pages(first)[0]))).not.toBe(0);
  });

  it('takes one document after another from the glass, and then the first again', async () => {
    const images = [10, 20].map((level) =>
      greyImage({ width: 2, height: 1, data: Uint8Array.of(level, level) }),
    );
    const simulated = simulatedDocumentScanner({ paceMs: 0, documents: images.map((image) => ({ image })) });
    const scanner = await simulated.open();
    const levels: (number | undefined)[] = [];
    for (let scan = 0; scan < 3; scan++) {
      const [page] = pages(await collect(streamOf(scanner.scan({ ...COARSE, source: 'platen' }))));
      levels.push(pixelsOf(page)[0]);
    }
    expect(levels).toEqual([10, 20, 10]);
  });

  it('gives both sides in duplex, the back of each sheet without ink', async () => {
    const sides = pages(await scanned({ documents: ['page', 'page'] }, { ...COARSE, duplex: true }));
    expect(sides.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    const darkest = sides.map((side) => pixelsOf(side).reduce((least, level) => Math.min(least, level), 255));
    expect(darkest.map((level) => level < 120)).toEqual([true, false, true, false]);
  });

  it('knows black and white only in the 1-bit mode', async () => {
    const [page] = pages(await scanned({}, { ...COARSE, colorMode: 'BlackAndWhite1' }));
    expect(new Set(pixelsOf(page))).toEqual(new Set([0, 255]));
  });

  it('has the size that resolution and area ask for', async () => {
    const area = { xMm: 5, yMm: 5, widthMm: 101.6, heightMm: 50.8 };
    const [page] = pages(await scanned({}, { ...COARSE, resolutionPpi: 150, area }));
    expect(page?.content).toMatchObject({
      form: 'pixels',
      image: { width: 600, height: 300, resolutionPpi: 150 },
    });
  });

  const nonsense: readonly (readonly [string, ScanSettings, Fault])[] = [
    ['a jam on the glass', { ...COARSE, source: 'platen' }, { type: 'jam' }],
    ['paper-out on the glass', { ...COARSE, source: 'platen' }, { type: 'paper-out' }],
  ];
  it.each(nonsense)('refuses the fault %s as unsupported', async (_, settings, fault) => {
    const items = scanned({ faults: [{ operation: 'scan', fault }] }, settings);
    await expect(items).rejects.toMatchObject({ code: 'unsupported' });
  });

  it.each<[string, Fault]>([
    ['scan', { type: 'retry', times: 1 }],
    ['status', { type: 'jam' }],
  ])('refuses for %s the fault %o, which it cannot show', (operation, fault) => {
    expect(() => simulatedDocumentScanner({ faults: [{ operation, fault }] })).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
  });

  it('shows the faults of the status once each', async () => {
    const simulated = simulatedDocumentScanner({
      faults: [
        { operation: 'status', fault: { type: 'stall' } },
        { operation: 'status', onCall: 3, fault: { type: 'vanish' } },
      ],
    });
    const scanner = await simulated.open();
    await expect(scanner.status()).rejects.toMatchObject({ code: 'protocol' });
    await expect(scanner.status()).resolves.toEqual({ state: 'idle', adf: 'loaded' });
    await expect(scanner.status()).rejects.toMatchObject({ code: 'lost' });
  });

  it('refuses impossible options when it is made', () => {
    expect(() => simulatedDocumentScanner({ documents: [] })).toThrow(DeviceError);
    expect(() => simulatedDocumentScanner({ capabilities: { colorModes: ['RGB48'] } })).toThrow(DeviceError);
    expect(() => simulatedDocumentScanner({ documents: ['page', { td3: ['P<D', ''] }] })).toThrow(InputError);
  });
});
