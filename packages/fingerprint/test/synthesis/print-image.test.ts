import { seededRandom } from '@buergerkoffer/core/simulation';
import { describe, expect, it, vi } from 'vitest';
import type { GreyImage } from '@buergerkoffer/formats';
import { ordinaryContact, type Contact } from '../../src/synthesis/contact.js';
import { growFinger, SKIN_PITCH_MM } from '../../src/synthesis/finger-skin.js';
import { printImage } from '../../src/synthesis/print-image.js';

// Growing fingers keeps a core busy; on a loaded machine that takes its time.
vi.setConfig({ testTimeout: 30_000 });

const GLASS = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };
const skin = growFinger({ pattern: 'arch' }, seededRandom(5));
const still: Contact = { ...ordinaryContact(seededRandom(1)), rotationDeg: 0, offsetMm: { x: 0, y: 0 } };

function print(change: Partial<Contact> = {}, seed = 1): GreyImage {
  return printImage(skin, { ...still, ...change }, GLASS, seededRandom(seed));
}

function meanGrey(image: GreyImage): number {
  return image.data.reduce((sum, grey) => sum + grey, 0) / image.data.length;
}

type Samples = Uint8Array | Float32Array;

/** Correlation of two images, or two skins, of one size: 1 for equal ones. */
function likeness(a: Samples, b: Samples): number {
  const mean = (values: Samples): number => {
    let sum = 0;
    for (const value of values) sum += value;
    return sum / values.length;
  };
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [da, db] = [value - meanA, (b[i] ?? 0) - meanB];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('the skin of a finger', () => {
  it('is the same for the same seed and another for another seed', () => {
    expect(likeness(growFinger({ pattern: 'arch' }, seededRandom(5)).ridges, skin.ridges)).toBeCloseTo(1, 9);
    expect(likeness(growFinger({ pattern: 'arch' }, seededRandom(6)).ridges, skin.ridges)).toBeLessThan(0.5);
  });

  it.each([0.42, 0.457, 0.52])('has ridges about %f mm apart', (ridgePeriodMm) => {
    const { ridges, width, height } = growFinger({ pattern: 'arch', ridgePeriodMm }, seededRandom(3));
    // Down the middle of an arch the ridges are crossed square; count how often they rise above zero.
    let [rising, columns] = [0, 0];
    const [top, bottom] = [Math.round(0.15 * height), Math.round(0.85 * height)];
    for (let column = (width >> 1) - 6; column <= (width >> 1) + 6; column += 3, columns += 1) {
      for (let row = top; row < bottom; row += 1) {
        const [above, here] = [ridges[(row - 1) * width + column] ?? 0, ridges[row * width + column] ?? 0];
        if (above <= 0 && here > 0) rising += 1;
      }
    }
    const periodMm = ((bottom - top) * SKIN_PITCH_MM * columns) / rising;
    expect(periodMm).toBeGreaterThan(0.88 * ridgePeriodMm);
    expect(periodMm).toBeLessThan(1.12 * ridgePeriodMm);
  });
});

describe('the image of a print', () => {
  it('is byte for byte the same for the same seed, and has another grain for another', () => {
    expect(Buffer.compare(print().data, print().data)).toBe(0);
    expect(Buffer.compare(print({}, 2).data, print().data)).not.toBe(0);
    expect(likeness(print({}, 2).data, print().data)).toBeGreaterThan(0.6);
  });

  it('is bright in the corners of the glass and about half dark in the middle of the finger', () => {
    const { data, width, height } = print();
    for (const at of [0, width - 1, data.length - width, data.length - 1]) {
      expect(data[at]).toBeGreaterThan(240);
    }
    let [dark, all] = [0, 0];
    for (let row = height / 2 - 80; row < height / 2 + 80; row += 1) {
      for (let column = width / 2 - 80; column < width / 2 + 80; column += 1, all += 1) {
        if ((data[row * width + column] ?? 255) < 128) dark += 1;
      }
    }
    expect(dark / all).toBeGreaterThan(0.35);
    expect(dark / all).toBeLessThan(0.65);
  });

  it('uses at least 200 grey levels with five pixels each, as TR-03121 asks of a scanner', () => {
    const counts = new Uint32Array(256);
    for (const grey of print().data) counts[grey] = (counts[grey] ?? 0) + 1;
    expect(counts.filter((count) => count >= 5).length).toBeGreaterThanOrEqual(200);
  });

  it('grows darker and larger with pressure, and darker with moisture', () => {
    expect(meanGrey(print({ pressure: 0.9 }))).toBeLessThan(meanGrey(print({ pressure: 0.5 })));
    expect(meanGrey(print({ pressure: 0.5 }))).toBeLessThan(meanGrey(print({ pressure: 0.1 })));
    expect(meanGrey(print({ moisture: 0.95 }))).toBeLessThan(meanGrey(print({ moisture: 0.5 })));
    expect(meanGrey(print({ moisture: 0.5 }))).toBeLessThan(meanGrey(print({ moisture: 0.05 })));
  });

  it.each([
    ['moisture', { moisture: -0.1 }],
    ['wear', { wear: Number.NaN }],
    ['offsetMm.y', { offsetMm: { x: 0, y: 1e6 } }],
  ])('is refused for an impossible %s', (path, change) => {
    expect(() => print(change)).toThrow(expect.objectContaining({ code: 'out-of-range', path }));
  });

  it('loses its ridges in the worn patches of the skin, the same at every touch', () => {
    const contrast = (image: GreyImage): number => {
      const middle = image.data.subarray(416 * 200, 416 * 360);
      const mean = middle.reduce((sum, grey) => sum + grey, 0) / middle.length;
      return middle.reduce((sum, grey) => sum + Math.abs(grey - mean), 0) / middle.length;
    };
    expect(contrast(print({ wear: 1 }))).toBeLessThan(0.93 * contrast(print({ wear: 0 })));
    expect(likeness(print({ wear: 1 }, 2).data, print({ wear: 1 }).data)).toBeGreaterThan(0.6);
  });

  it('moves and turns with the finger: the turned print turned back is the print', () => {
    const shifted = print({ offsetMm: { x: (10 * 25.4) / 500, y: 0 } });
    const back = new Uint8Array(shifted.data.length).fill(253);
    for (let i = 0; i + 10 < back.length; i += 1) back[i] = shifted.data[i + 10] ?? 253;
    expect(likeness(back, print().data)).toBeGreaterThan(0.8);
    const halfTurn = print({ rotationDeg: 180 });
    expect(likeness(halfTurn.data.toReversed(), print().data)).toBeGreaterThan(0.8);
  });

  it('shows the same ridges at 1000 ppi', () => {
    const glass = { widthPx: 832, heightPx: 1120, resolutionPpi: 1000 };
    const fine = printImage(skin, still, glass, seededRandom(1));
    const halved = new Uint8Array(416 * 560);
    for (let row = 0; row < 560; row += 1) {
      for (let column = 0; column < 416; column += 1) {
        halved[row * 416 + column] = fine.data[2 * row * 832 + 2 * column] ?? 0;
      }
    }
    expect(fine.resolutionPpi).toBe(1000);
    expect(likeness(halved, print().data)).toBeGreaterThan(0.75);
  });
});
