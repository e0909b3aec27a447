import { describe, expect, it, vi } from 'vitest';
import { liveQuality, LIVE_STATUS_TEXT } from '@buergerkoffer/fingerprint';
import { shaded, slapOf, type Laid } from '../segmentation/slaps.js';

vi.setConfig({ testTimeout: 60_000 });

/** A frame of a preview: the glass at 250 ppi. */
const GLASS = { widthPx: 400, heightPx: 375, resolutionPpi: 250 };

function frame(change: Partial<Laid> = {}, seed = 1) {
  return slapOf([{ x: 0, deg: 0, ...change }], GLASS, seed);
}

const good = liveQuality(frame());

describe('the live quality of a frame', () => {
  it('is high for a clear print and says whose estimate it is', () => {
    expect(good).toMatchObject({ algorithm: 'live-estimate', version: '1', guidance: 'FingersRecognized' });
    expect(good.score).toBeGreaterThan(70);
    expect(good.fingers).toHaveLength(1);
  });

  it('is about the same at 250, 500 and 1000 ppi', () => {
    for (const factor of [2, 4]) {
      const glass = {
        widthPx: 400 * factor,
        heightPx: 375 * factor,
        resolutionPpi: 250 * factor,
      };
      const quality = liveQuality(slapOf([{ x: 0, deg: 0 }], glass));
      expect(Math.abs(quality.score - good.score)).toBeLessThan(15);
      expect(Math.abs((quality.fingers[0]?.areaMm2 ?? 0) / (good.fingers[0]?.areaMm2 ?? 1) - 1)).toBeLessThan(
        0.1,
      );
    }
  });

  it('falls with dryness, with smearing, and with less skin', () => {
    const scores = [
      { pressure: 0.2, moisture: 0.05 },
      { pressure: 1, moisture: 1 },
    ].map((contact) => liveQuality(frame({ contact })).score);
    for (const score of scores) expect(score).toBeLessThan(good.score - 25);
  });

  it('is that of the worst of two fingers', () => {
    const two = slapOf(
      [
        { x: -10, deg: 0 },
        { x: 10, deg: 0, contact: { pressure: 0.15, moisture: 0.05 } },
      ],
      GLASS,
    );
    const { score, fingers } = liveQuality(two);
    expect(fingers).toHaveLength(2);
    expect(score).toBe(fingers[1]?.score);
    expect(fingers[0]?.score).toBeGreaterThan(score + 25);
  });
});

describe('guidance', () => {
  it.each([
    ['ReduceFingerPressure', { contact: { pressure: 1, moisture: 1 } }],
    ['RaiseFingerPressure', { contact: { pressure: 0.1, moisture: 0.1 } }],
    ['MoveFingersRight', { x: -15 }],
    ['MoveFingersLeft', { x: 15 }],
    ['MoveFingersBackward', { y: -13 }],
    ['MoveFingersForward', { y: 17 }],
  ] as const)('says %s for what the frame shows', (status, change) => {
    expect(liveQuality(frame(change)).guidance).toBe(status);
    expect(LIVE_STATUS_TEXT[status]).toMatch(/^Bitte/);
  });

  it('asks to keep still while the finger moves, and is content when it lies still', () => {
    const moved = liveQuality(frame({ x: 2 }), good);
    expect(moved.guidance).toBe('KeepFingersStill');
    expect(liveQuality(frame({ x: 2 }, 2), moved).guidance).toBe('FingersRecognized');
    const second = slapOf(
      [
        { x: -10, deg: 0 },
        { x: 10, deg: 0 },
      ],
      GLASS,
    );
    expect(liveQuality(second, good).guidance).toBe('KeepFingersStill');
  });

  it('looks for fingers where only a print left behind is to be seen', () => {
    const faint = shaded(frame(), (grey) => 253 - 0.04 * (253 - grey));
    expect(liveQuality(faint)).toMatchObject({ score: 0, guidance: 'SearchingFingers' });
  });
});
