import { seededRandom } from '@buergerkoffer/core/simulation';
import { decodePng, greyOf, InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import {
  compareMinutiae,
  extractMinutiae,
  isMatch,
  MATCH_THRESHOLD,
  matchTemplate,
  MAX_COMPARED,
  type Minutia,
} from '../../src/minutiae/index.js';
import { ordinaryContact } from '../../src/synthesis/contact.js';
import { growFinger } from '../../src/synthesis/finger-skin.js';
import { printImage } from '../../src/synthesis/print-image.js';
import type { PatternClass } from '../../src/synthesis/ridge-flow.js';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const SHARED = new URL('../../../../../shared/data/fingerprint/iso19794/sourceafis/', import.meta.url);
const withoutData = !existsSync(SHARED);
if (withoutData) console.warn('skipped: ../shared/data/fingerprint is not there');

const turn = 2 * Math.PI;

/** Minutiae strewn over a print, at least 12 pixels apart. */
function strewn(seed: number, count: number): readonly Minutia[] {
  const random = seededRandom(seed);
  const list: Minutia[] = [];
  while (list.length < count) {
    const x = Math.floor(380 * random.next());
    const y = Math.floor(500 * random.next());
    if (list.some((other) => Math.hypot(other.x - x, other.y - y) < 12)) continue;
    list.push({
      x,
      y,
      angle: turn * random.next(),
      type: 'ending',
      quality: 50 + Math.floor(50 * random.next()),
    });
  }
  return list;
}

/** The list turned counter-clockwise by `angle` about the origin, then moved. */
function moved(list: readonly Minutia[], angle: number, dx: number, dy: number): readonly Minutia[] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return list.map((minutia) => ({
    ...minutia,
    x: cos * minutia.x + sin * minutia.y + dx,
    y: cos * minutia.y - sin * minutia.x + dy,
    angle: (minutia.angle + angle + turn) % turn,
  }));
}

const PATTERNS: readonly PatternClass[] = ['left-loop', 'left-loop', 'whorl'];

/** Two touches of each of three fingers. */
function touches(): readonly (readonly (readonly Minutia[])[])[] {
  return PATTERNS.map((pattern, finger) => {
    const random = seededRandom(100 + finger);
    const skin = growFinger({ pattern, creases: 3 }, random.fork('skin'));
    return [0, 1].map((count) => {
      const touch = random.fork(`touch ${count}`);
      const contact = { ...ordinaryContact(touch), rotationDeg: 40 * count - 15 };
      const glass = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };
      return extractMinutiae(printImage(skin, contact, glass, touch.fork('grain')));
    });
  });
}

describe('comparing minutiae', () => {
  it('finds every minutia of a print in itself', () => {
    const print = strewn(1, 60);
    const { score, pairs } = compareMinutiae(print, print);
    expect(pairs.map(({ probe, reference }) => probe - reference)).toEqual(Array(60).fill(0));
    expect(score).toBeGreaterThan(5 * MATCH_THRESHOLD);
  });

  it('gives the same whatever the turn and the place of a print', () => {
    const print = strewn(2, 50);
    const itself = compareMinutiae(print, print).score;
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.integer({ min: -300, max: 300 }),
        fc.integer({ min: -300, max: 300 }),
        (angle, dx, dy) => {
          const { score, pairs } = compareMinutiae(print, moved(print, angle, dx, dy));
          expect(score).toBeCloseTo(itself, 6);
          expect(pairs).toHaveLength(50);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('gives the same either way round and in every order of the lists', () => {
    for (let seed = 0; seed < 8; seed += 1) {
      const a = strewn(seed, 40);
      const b = [...moved(a, 0.3, 20, 10).slice(0, 22), ...strewn(seed + 50, 18)];
      const { score, pairs } = compareMinutiae(a, b);
      const back = compareMinutiae(b, [...a].reverse());
      expect(back.score).toBe(score);
      expect(back.pairs).toHaveLength(pairs.length);
      expect(new Set(back.pairs.map(({ probe, reference }) => `${39 - reference} ${probe}`))).toEqual(
        new Set(pairs.map(({ probe, reference }) => `${probe} ${reference}`)),
      );
    }
  });

  it('knows a print at 1000 ppi', () => {
    const print = strewn(3, 40);
    const fine = print.map((minutia) => ({ ...minutia, x: 2 * minutia.x, y: 2 * minutia.y }));
    expect(isMatch(compareMinutiae(print, matchTemplate(fine, 1000)))).toBe(true);
  });

  it('tells strewn minutiae from others', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      expect(isMatch(compareMinutiae(strewn(seed, 60), strewn(seed + 100, 60)))).toBe(false);
    }
  });

  it('scores two touches of a finger above the threshold and two fingers below it', () => {
    const prints = touches().flatMap((ofFinger, finger) => ofFinger.map((list) => ({ finger, list })));
    prints.forEach((a, i) => {
      for (const b of prints.slice(i + 1)) {
        const comparison = compareMinutiae(a.list, b.list);
        expect(isMatch(comparison), `fingers ${a.finger} and ${b.finger}: ${comparison.score}`).toBe(
          a.finger === b.finger,
        );
      }
    });
  });

  it('finds nothing in prints with next to nothing', () => {
    const few = strewn(4, 2);
    for (const [a, b] of [
      [[], []],
      [[], strewn(5, 40)],
      [few, few],
      [few, strewn(5, 40)],
    ] as const) {
      expect(compareMinutiae(a, b)).toMatchObject({ score: 0, pairs: [] });
    }
  });

  it('is bounded where a list is long or all minutiae are the same', () => {
    const long = Array.from({ length: 5000 }, (_, i) => ({
      x: (i * 7919) % 401,
      y: (i * 104_729) % 503,
      angle: i % 6,
      type: 'other' as const,
      quality: 50,
    }));
    expect(compareMinutiae(long, long).pairs).toHaveLength(MAX_COMPARED);
    const same = Array.from({ length: 300 }, () => long[0] ?? strewn(1, 1)[0]).filter((x) => x !== undefined);
    expect(Number.isFinite(compareMinutiae(same, same).score)).toBe(true);
  });

  it.each([
    ['x', Number.NaN],
    ['y', Number.POSITIVE_INFINITY],
    ['angle', Number.NaN],
    ['angle', 1e300],
    ['quality', Number.NaN],
  ])('refuses a minutia whose %s is %f', (key, value) => {
    const wrong = strewn(6, 3).map((minutia, i) => (i === 1 ? { ...minutia, [key]: value } : minutia));
    let error: unknown;
    try {
      compareMinutiae(wrong, strewn(7, 3));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: 'out-of-range', path: 'minutiae.1' });
  });

  it('refuses a resolution that no scanner has', () => {
    expect(() => matchTemplate([], 0)).toThrow(InputError);
    expect(() => matchTemplate([], Number.NaN)).toThrow(InputError);
  });

  it.skipIf(withoutData)('knows a finger of the published prints again, and no other', async () => {
    const minutiaeOf = async (name: string): Promise<readonly Minutia[]> =>
      extractMinutiae(greyOf(await decodePng(readFileSync(new URL(`${name}.png`, SHARED)))));
    const [probe, matching, nonmatching] = await Promise.all(
      ['probe', 'matching', 'nonmatching'].map(minutiaeOf),
    );
    if (probe === undefined || matching === undefined || nonmatching === undefined) throw new Error('three');
    expect(compareMinutiae(probe, matching).score).toBeGreaterThan(MATCH_THRESHOLD + 5);
    expect(compareMinutiae(probe, nonmatching).score).toBeLessThan(MATCH_THRESHOLD / 2);
    expect(compareMinutiae(matching, nonmatching).score).toBeLessThan(MATCH_THRESHOLD / 2);
  });
});
