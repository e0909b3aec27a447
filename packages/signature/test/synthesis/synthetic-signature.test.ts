import { seededRandom } from '@buergerkoffer/core/simulation';
import { checkSignature, signatureMeasures, strokesOf } from '@buergerkoffer/signature';
import { writeSignature } from '@buergerkoffer/signature/simulator';
import { describe, expect, it } from 'vitest';

const PAD = {
  widthMm: 96,
  heightMm: 60,
  maxX: 9_600,
  maxY: 6_000,
  pressureLevels: 512,
  samplesPerSecond: 200,
};

describe.each([1, 2, 3, 4, 5])('the signature of hand %i', (seed) => {
  const signature = writeSignature('M. Beispiel', PAD, seededRandom(seed));

  it('lies on the pad and on its grid', () => {
    checkSignature(signature);
    for (const { x, y, pressure } of signature.samples) {
      expect(Math.abs(x * 100 - Math.round(x * 100))).toBeLessThan(1e-6);
      expect(Math.abs(y * 100 - Math.round(y * 100))).toBeLessThan(1e-6);
      expect(Math.abs(pressure * 511 - Math.round(pressure * 511))).toBeLessThan(1e-6);
    }
  });

  it('has a sample every 5 ms from the first touch to the last', () => {
    const steps = signature.samples.slice(1).map(({ tMs }, i) => tMs - (signature.samples[i]?.tMs ?? NaN));
    expect(Math.max(...steps)).toBe(5);
    expect(Math.min(...steps)).toBe(5);
  });

  it('takes the time, room and strokes that people take', () => {
    const { strokes, durationMs, penDownMs, widthMm, heightMm, borderShare } = signatureMeasures(signature);
    expect(strokes).toBeGreaterThanOrEqual(5);
    expect(strokes).toBeLessThanOrEqual(6);
    expect(durationMs).toBeGreaterThan(1_500);
    expect(durationMs).toBeLessThan(8_000);
    expect(penDownMs).toBeLessThan(durationMs);
    expect(widthMm).toBeGreaterThan(35);
    expect(heightMm).toBeGreaterThan(8);
    expect(borderShare).toBe(0);
  });

  it('is slower in bends than between them, and presses while it writes', () => {
    const speeds = strokesOf(signature.samples).flatMap((stroke) =>
      stroke
        .slice(1)
        .map((s, i) => Math.hypot(s.x - (stroke[i]?.x ?? NaN), s.y - (stroke[i]?.y ?? NaN)) / 0.005),
    );
    const sorted = speeds.toSorted((a, b) => a - b);
    expect(sorted.at(Math.floor(0.9 * sorted.length))).toBeGreaterThan(
      2 * (sorted.at(Math.floor(0.1 * sorted.length)) ?? NaN),
    );
    for (const { down, pressure } of signature.samples) expect(pressure > 0).toBe(down);
  });
});

it('is the same for the same hand and occasion, and another on another occasion', () => {
  const first = writeSignature('M. Beispiel', PAD, seededRandom(1), 'Montag');
  expect(writeSignature('M. Beispiel', PAD, seededRandom(1), 'Montag')).toEqual(first);
  expect(writeSignature('M. Beispiel', PAD, seededRandom(1), 'Dienstag')).not.toEqual(first);
});

it('writes letters that it does not know as a wave, and refuses to write nothing', () => {
  expect(signatureMeasures(writeSignature('Žöß 7', PAD, seededRandom(1))).widthMm).toBeGreaterThan(10);
  expect(() => writeSignature(' ', PAD, seededRandom(1))).toThrow(/name/);
});

it('fits long names onto small pads', () => {
  const small = { ...PAD, widthMm: 60, heightMm: 25, maxX: 6_000, maxY: 2_500 };
  const long = writeSignature('Emilia Mustermann-Beispielhausen', small, seededRandom(2));
  checkSignature(long);
  expect(signatureMeasures(long).borderShare).toBe(0);
});
