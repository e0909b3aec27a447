import { existsSync, readFileSync } from 'node:fs';
import { decodePng, greyOf } from '@buergerkoffer/formats';
import { breakingAt, replayCapture, type Breaking } from '@buergerkoffer/device-lab';
import { describe, expect, it, vi } from 'vitest';
import { benchOf, eventsOf, told } from '../support/uru4500-bench.js';
import { inVirtualTime } from '../support/virtual-time.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const RECORDED = new URL('../../../../../shared/data/fingerprint/uru4500/', import.meta.url);
const file = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, RECORDED)));
/** The seed with which the recorded driver asked for the key. */
const SEED = 0x51ea2124;

const absent = !existsSync(RECORDED);
if (absent) console.warn('skipped: ../shared/data/fingerprint/uru4500 is not there');

describe.skipIf(absent)('the recorded session of a U.are.U 4500', () => {
  it('is played to its end, and gives every pixel of the reference image', async () => {
    const device = replayCapture(file('capture.pcapng'));
    const scanner = await benchOf(device, () => SEED).open();
    const events = await eventsOf(scanner);
    expect(told(events)).toEqual(['waiting', 'guidance', 'captured']);
    await scanner.close();
    const { of, mismatch } = device.progress;
    expect(mismatch).toBeUndefined();
    expect(device.progress).toEqual({ played: of, of });

    const last = events.at(-1);
    if (last?.type !== 'captured') throw new Error('no print');
    const golden = await decodePng(file('capture.png'));
    expect([last.image.width, last.image.height]).toEqual([golden.width, golden.height]);
    expect(Buffer.from(last.image.data).equals(Buffer.from(greyOf(golden).data))).toBe(true);
  });

  it('tells the step at which another seed is sent, and hangs nowhere', async () => {
    const device = replayCapture(file('capture.pcapng'));
    const scanner = await benchOf(device, () => SEED + 1).open();
    await expect(eventsOf(scanner)).rejects.toMatchObject({ code: 'protocol' });
    expect(device.progress.mismatch).toMatch(/^step 13 of 17: a control-out request whose byte 1 differs$/);
    await scanner.close();
  });

  it.each(['stall', 'time-out', 'vanish'] as const)(
    'ends with a typed error at each step that shows: %s',
    async (fault) => {
      const whole = breakingAt(replayCapture(file('capture.pcapng')));
      const session = async (device: typeof whole) => {
        const bench = benchOf(device, () => SEED);
        const scanner = await bench.open();
        try {
          return told(await eventsOf(scanner)).at(-1);
        } finally {
          await scanner.close();
          bench.unplug();
        }
      };
      await session(whole);
      const { steps } = whole;
      expect(steps).toBeGreaterThan(15);
      for (let step = 1; step <= steps; step += 1) {
        const breaking: Breaking = { step, fault };
        const { value, timersLeft } = await inVirtualTime(async () =>
          session(breakingAt(replayCapture(file('capture.pcapng')), breaking)).catch(
            (error: unknown) => error,
          ),
        );
        if (value !== 'captured') {
          const codes = fault === 'vanish' ? ['lost'] : ['protocol', 'timeout'];
          expect(value, `step ${step}`).toMatchObject({ kind: 'device' });
          expect(codes, `step ${step}: ${String(value)}`).toContain((value as { code: string }).code);
        }
        expect(timersLeft, `step ${step}`).toBe(0);
      }
    },
  );
});
