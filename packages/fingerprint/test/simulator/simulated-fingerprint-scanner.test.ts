import { createHash } from 'node:crypto';
import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { collect } from '@buergerkoffer/core/testing';
import {
  FINGERPRINT_SCANNER,
  type FingerprintEvent,
  type FingerprintRequest,
} from '@buergerkoffer/fingerprint';
import {
  simulatedFingerprintScanner,
  type SimulatedFingerprintScannerOptions,
} from '@buergerkoffer/fingerprint/simulator';
import { greyImage } from '@buergerkoffer/formats';
import { afterEach, describe, expect, it, vi } from 'vitest';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 30_000 });

async function capture(
  options: SimulatedFingerprintScannerOptions = {},
  request: FingerprintRequest = { finger: 'right-index' },
): Promise<readonly FingerprintEvent[]> {
  const device = await simulatedFingerprintScanner({ paceMs: 0, ...options }).open();
  const events = await collect(device.capture(request));
  await device.close();
  return events;
}

/** SHA-256 over the pixels of the captured print. */
function pixelsOf(events: readonly FingerprintEvent[]): string {
  const last = events.at(-1);
  if (last?.type !== 'captured') throw new Error('no print was captured');
  return createHash('sha256').update(last.image.data).digest('hex');
}

const ramp = greyImage({ width: 600, height: 4, data: Uint8Array.from({ length: 2400 }, (_, i) => i % 251) });

describe('a simulated fingerprint scanner', () => {
  it('is marked as simulated whatever the options say', () => {
    const simulated = simulatedFingerprintScanner({ info: { model: 'X', simulated: false } });
    expect(simulated.kind).toBe(FINGERPRINT_SCANNER);
    expect(simulated.info).toMatchObject({ model: 'X', simulated: true });
  });

  it('delivers byte-identical prints for the same seed, others for other seeds and fingers', async () => {
    const first = pixelsOf(await capture({ seed: 9 }));
    expect(pixelsOf(await capture({ seed: 9 }))).toEqual(first);
    expect(pixelsOf(await capture({ seed: 10 }))).not.toEqual(first);
    expect(pixelsOf(await capture({ seed: 9 }, { finger: 'left-index' }))).not.toEqual(first);
  });

  it('delivers the same print with and without previews', async () => {
    const watched = await capture({}, { finger: 'right-index', previews: true });
    expect(pixelsOf(watched)).toEqual(pixelsOf(await capture()));
    const widths = watched.flatMap((event) => (event.type === 'preview' ? [event.image.width] : []));
    expect(widths).toEqual([208, 208, 208, 208, 208, 208]);
  });

  it('lays the finger down a little differently at every capture', async () => {
    const device = await simulatedFingerprintScanner({ paceMs: 0 }).open();
    const first = pixelsOf(await collect(device.capture({ finger: 'right-index' })));
    expect(pixelsOf(await collect(device.capture({ finger: 'right-index' })))).not.toEqual(first);
    await device.close();
  });

  it('guides the person in the words of HLBS', async () => {
    const events = await capture();
    expect(events.map((event) => (event.type === 'guidance' ? event.status : event.type))).toEqual([
      'waiting',
      'SearchingFingers',
      'FingersRecognized',
      'KeepFingersStill',
      'Capturing',
      'captured',
    ]);
  });

  it('says of each frame what it is worth, and guides by what it sees in it', async () => {
    const hands = { contact: { moisture: 0.05, pressure: 0.2, offsetMm: { x: 0, y: 0 } } };
    const events = await capture({ hands }, { finger: 'right-index', previews: true });
    const scores = events.flatMap((event) =>
      event.type === 'preview' ? [event.quality?.score ?? Number.NaN] : [],
    );
    expect(scores.length).toBeGreaterThan(3);
    expect(Math.max(...scores)).toBeLessThan(40);
    const told = events.flatMap((event) => (event.type === 'guidance' ? [event.status] : []));
    expect(told).toContain('RaiseFingerPressure');
    expect(told).not.toContain('ReduceFingerPressure');
  });

  it('leaves the quality not assessed', async () => {
    expect((await capture()).at(-1)).toMatchObject({ type: 'captured', quality: 'not-assessed' });
  });

  it('plays a given image as it is, on a glass that is large enough, and a synthetic one for other fingers', async () => {
    const device = await simulatedFingerprintScanner({ paceMs: 0, images: { 'left-ring': ramp } }).open();
    expect(device.capabilities).toMatchObject({ widthPx: 600, heightPx: 560 });
    const given = (await collect(device.capture({ finger: 'left-ring' }))).at(-1);
    expect(given).toMatchObject({ type: 'captured', image: { ...ramp, resolutionPpi: 500 } });
    const other = (await collect(device.capture({ finger: 'right-ring' }))).at(-1);
    expect(other).toMatchObject({ type: 'captured', image: { width: 600, height: 560 } });
    await device.close();
  });

  it('refuses hands that nobody has', () => {
    const attempt = (): unknown => simulatedFingerprintScanner({ hands: { contact: { pressure: 2 } } });
    expect(attempt).toThrow(expect.objectContaining({ code: 'out-of-range', path: 'pressure' }));
  });

  it('refuses a given image of another resolution', () => {
    const images = { 'left-ring': { ...ramp, resolutionPpi: 1000 } };
    expect(() => simulatedFingerprintScanner({ images })).toThrow(/1000 ppi/);
    expect(() => simulatedFingerprintScanner({ images, resolutionPpi: 1000 })).not.toThrow();
  });
});

describe('a simulated scanner of two fingers', () => {
  const slap = { slap: 'both-index' } as const;
  const two = { simultaneousFingers: 2 } as const;

  it('captures both index fingers at once, and tells left from right', async () => {
    const last = (await capture(two, slap)).at(-1);
    if (last?.type !== 'captured' || last.slap === undefined) throw new Error('no slap was captured');
    expect(last.image).toMatchObject({ width: 800, height: 750, resolutionPpi: 500 });
    const { segmentation } = last;
    if (segmentation.outcome !== 'segmented') throw new Error(segmentation.outcome);
    const [left, right] = segmentation.segments;
    expect([left?.finger, right?.finger]).toEqual(['left-index', 'right-index']);
    expect(left?.box.centreX).toBeLessThan(400);
    expect(right?.box.centreX).toBeGreaterThan(400);
    // The hands come from the sides: both fingers point inwards.
    expect(left?.box.rotationDeg).toBeGreaterThan(0);
    expect(right?.box.rotationDeg).toBeLessThan(0);
  });

  it('tells that a finger is missing, and waits for one that never comes', async () => {
    const missing = { ...two, missing: ['left-index'] } as const;
    expect((await capture(missing, slap)).at(-1)).toMatchObject({
      type: 'captured',
      segmentation: { outcome: 'too-few-fingers', found: [{}] },
    });
    const attempt = capture(missing, { finger: 'left-index', patienceMs: 50 });
    await expect(attempt).rejects.toMatchObject({ code: 'timeout' });
  });

  it('plays a given slap', async () => {
    const last = (await capture({ ...two, images: { 'both-index': ramp } }, slap)).at(-1);
    expect(last).toMatchObject({
      type: 'captured',
      image: ramp,
      segmentation: { outcome: 'too-few-fingers' },
    });
  });

  it('fails first for want of a finger', async () => {
    const faults = [{ operation: 'capture', fault: { type: 'retry', times: 1 } }] as const;
    const events = await capture({ ...two, faults, images: { 'both-index': ramp } }, slap);
    expect(events.find((event) => event.type === 'retry')).toMatchObject({ reason: 'too-few-fingers' });
  });
});

describe('faults', () => {
  const senseless: readonly Fault[] = [{ type: 'jam' }, { type: 'paper-out' }];

  it.each(senseless)('of type $type are refused at once', (fault) => {
    expect(() => simulatedFingerprintScanner({ faults: [{ operation: 'capture', fault }] })).toThrow(
      DeviceError,
    );
    const simulated = simulatedFingerprintScanner({ paceMs: 0 });
    expect(() => {
      simulated.faults.plan({ operation: 'capture', fault });
    }).toThrow(/cannot show the fault/);
  });

  it('of an operation that scanners do not have are refused at once', () => {
    const faults = [{ operation: 'print', fault: { type: 'stall' } }] as const;
    expect(() => simulatedFingerprintScanner({ faults })).toThrow(/stall of print/);
  });
});

describe('timers', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are gone after unsubscribing, after the capture and after the time-out', async () => {
    vi.useFakeTimers();
    const simulated = simulatedFingerprintScanner({ images: { 'right-index': ramp } });
    const device = await simulated.open();
    const seen: string[] = [];
    const start = (): (() => void) => {
      const subscription = device.capture({ finger: 'right-index', patienceMs: 5_000 }).subscribe({
        next: (event) => seen.push(event.type),
        error: (error: DeviceError) => seen.push(error.code),
      });
      return () => {
        subscription.unsubscribe();
      };
    };
    const stop = start();
    await vi.advanceTimersByTimeAsync(50);
    stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(seen).toEqual(['waiting', 'guidance']);
    expect(vi.getTimerCount()).toBe(0);

    start();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(seen.at(-1)).toBe('captured');
    expect(vi.getTimerCount()).toBe(0);

    simulated.faults.plan({ operation: 'capture', fault: { type: 'time-out' } });
    start();
    await vi.advanceTimersByTimeAsync(4_990);
    expect(seen.at(-1)).toBe('guidance');
    await vi.advanceTimersByTimeAsync(20);
    expect(seen.at(-1)).toBe('timeout');
    expect(vi.getTimerCount()).toBe(0);
    await device.close();
  });
});
