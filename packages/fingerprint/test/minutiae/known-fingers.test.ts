import { seededRandom } from '@buergerkoffer/core/simulation';
import { describe, expect, it, vi } from 'vitest';
import { extractMinutiae } from '../../src/minutiae/index.js';
import { insidePrint, type Contact } from '../../src/synthesis/contact.js';
import { growFinger } from '../../src/synthesis/finger-skin.js';
import { onGlass } from '../../src/synthesis/glass.js';
import { printImage } from '../../src/synthesis/print-image.js';
import type { PatternClass } from '../../src/synthesis/ridge-flow.js';
import { trueMinutiae } from './true-minutiae.js';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 60_000 });

const GLASS = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };
const STILL: Contact = {
  pressure: 0.5,
  moisture: 0.5,
  wear: 0,
  rotationDeg: 8,
  offsetMm: { x: 0.4, y: -0.3 },
};
const PATTERNS: readonly PatternClass[] = ['right-loop', 'whorl', 'tented-arch'];
const skins = PATTERNS.map((pattern, i) => growFinger({ pattern, creases: 0 }, seededRandom(40 + i)));

/** Shares of the skin's minutiae that are found, and of the found ones that are the skin's, within a ridge period. */
function agreement(change: Partial<Contact>): { readonly found: number; readonly right: number } {
  const contact = { ...STILL, ...change };
  const { skinX, skinY } = onGlass(contact, GLASS);
  const isClear = ({ x, y }: { readonly x: number; readonly y: number }): boolean =>
    insidePrint(contact.pressure, x, y) > 0.15;
  let [there, found, reported, right] = [0, 0, 0, 0];
  for (const [i, skin] of skins.entries()) {
    const truth = trueMinutiae(skin);
    const own = extractMinutiae(printImage(skin, contact, GLASS, seededRandom(i)))
      .map(({ x, y }) => ({ x: skinX(x, y), y: skinY(x, y) }))
      .filter(isClear);
    const near = (a: { readonly x: number; readonly y: number }, b: typeof a): boolean =>
      Math.hypot(a.x - b.x, a.y - b.y) <= 0.46;
    const clear = truth.filter(isClear);
    there += clear.length;
    found += clear.filter((point) => own.some((minutia) => near(point, minutia))).length;
    reported += own.length;
    right += own.filter((minutia) => truth.some((point) => near(point, minutia))).length;
  }
  return { found: found / there, right: right / reported };
}

describe('the minutiae of fingers that are known', () => {
  it.each([
    ['as it should be', {}, 0.9, 0.9],
    ['light', { pressure: 0.3 }, 0.85, 0.9],
    ['hard', { pressure: 0.75 }, 0.9, 0.9],
    ['dry', { moisture: 0.25 }, 0.9, 0.9],
    ['wet', { moisture: 0.7 }, 0.9, 0.9],
    ['worn', { wear: 0.4 }, 0.9, 0.9],
  ])('are found in a print that is %s', (what, change, leastFound, leastRight) => {
    const { found, right } = agreement(change);
    const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
    console.info(
      `${what}: ${percent(found)} of the true minutiae found, ${percent(right)} of the reported true`,
    );
    expect(found).toBeGreaterThan(leastFound);
    expect(right).toBeGreaterThan(leastRight);
  });
});
