import { lacks, runContract, simulatedSubject } from '@buergerkoffer/core/testing';
import type { Simulated } from '@buergerkoffer/core/simulation';
import type { FingerprintEvent, FingerprintScanner } from '@buergerkoffer/fingerprint';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { fingerprintScannerContract } from '@buergerkoffer/fingerprint/testing';
import { greyImage } from '@buergerkoffer/formats';
import { concatMap, filter, map, of, takeWhile, tap, type Observable } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 30_000 });

const stripes = greyImage({
  width: 416,
  height: 560,
  data: Uint8Array.from({ length: 416 * 560 }, (_, i) => (i % 9 < 4 ? 40 : 220)),
});

/** A quick scanner: it plays stripes for the fingers that the suite asks for. */
function quick(): Simulated<FingerprintScanner> {
  return simulatedFingerprintScanner({
    paceMs: 1,
    images: { 'right-index': stripes, 'left-thumb': stripes },
  });
}

describe('the simulator keeps the contract:', () => {
  it.each(fingerprintScannerContract)('$name', async (contractCase) => {
    const subject = simulatedSubject(quick());
    expect(lacks(contractCase, subject)).toBeUndefined();
    await contractCase.run(subject);
  });

  it.each([500, 1000] as const)('with synthetic fingers at %i ppi', async (resolutionPpi) => {
    const imageCases = fingerprintScannerContract.filter(({ name }) => /image|print/.test(name));
    expect(imageCases).toHaveLength(2);
    const results = await runContract(imageCases, () =>
      simulatedSubject(simulatedFingerprintScanner({ paceMs: 1, resolutionPpi })),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
  });
});

describe('a simulator of two fingers keeps the contract:', () => {
  it('of a slap', async () => {
    const slapCases = fingerprintScannerContract.filter(({ name }) => /slap/.test(name));
    expect(slapCases).toHaveLength(2);
    const results = await runContract(slapCases, () =>
      simulatedSubject(simulatedFingerprintScanner({ paceMs: 1, simultaneousFingers: 2 })),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
  });
});

describe('the contract finds a scanner that', () => {
  const broken = async (
    change: (events: Observable<FingerprintEvent>) => Observable<FingerprintEvent>,
  ): Promise<readonly string[]> => {
    const breaking = (device: FingerprintScanner): FingerprintScanner => ({
      info: device.info,
      capabilities: device.capabilities,
      ended: device.ended,
      close: () => device.close(),
      capture: (request) => change(device.capture(request)),
    });
    const results = await runContract(fingerprintScannerContract, () => simulatedSubject(quick(), breaking));
    return results.filter((result) => result.outcome === 'broken').map((result) => result.name);
  };

  it('nothing, when it only forwards', async () => {
    expect(await broken((events) => events)).toEqual([]);
  });

  it('swallows its retries', async () => {
    expect(await broken((events) => events.pipe(filter((event) => event.type !== 'retry')))).toEqual([
      'a failed attempt is a retry with a reason, after which the scanner waits again and captures',
    ]);
  });

  it('ends without a print', async () => {
    const names = await broken((events) => events.pipe(takeWhile((event) => event.type !== 'captured')));
    expect(names).toContain(
      'a capture starts with waiting and ends with the one captured print of the finger asked for',
    );
  });

  it('delivers a cropped image with the old number of bytes', async () => {
    const names = await broken((events) =>
      events.pipe(
        map((event) =>
          event.type === 'captured' ? { ...event, image: { ...event.image, width: 100 } } : event,
        ),
      ),
    );
    expect(names).toEqual([
      'the image has the resolution of the capabilities, fits the glass and is not blank',
    ]);
  });

  it('sends previews that nobody asked for', async () => {
    const names = await broken((events) =>
      events.pipe(
        concatMap((event) =>
          event.type === 'captured' ? of({ type: 'preview', image: stripes } as const, event) : of(event),
        ),
      ),
    );
    expect(names).toEqual([
      'previews come when they are asked for and the capabilities promise them, and only then',
    ]);
  });

  it('starts before anybody subscribes', async () => {
    const names = await broken((events) => {
      const subscription = events.pipe(tap({ error: () => undefined })).subscribe({ error: () => undefined });
      void subscription;
      return events;
    });
    expect(names).toContain('nothing starts before somebody subscribes');
  });
});
