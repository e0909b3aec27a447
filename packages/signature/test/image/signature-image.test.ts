import { InputError } from '@buergerkoffer/formats';
import { signatureImage, type PenSample, type Signature } from '@buergerkoffer/signature';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

function sample(x: number, y: number, tMs: number, down = true, pressure = 0.5): PenSample {
  return { x, y, tMs, down, pressure };
}

function signature(...samples: readonly PenSample[]): Signature {
  return { samples, widthMm: 100, heightMm: 60 };
}

const PROFILE = { widthPx: 200, heightPx: 60, strokeMm: 0.5, marginPx: 3 };
const slash = signature(sample(20, 40, 0), sample(50, 30, 10), sample(60, 20, 20));

function inkBox(image: { readonly width: number; readonly data: Uint8Array }): readonly number[] {
  const dark = [...image.data.entries()].filter(([, grey]) => grey < 128).map(([at]) => at);
  const columns = dark.map((at) => at % image.width);
  const rows = dark.map((at) => Math.floor(at / image.width));
  return [Math.min(...columns), Math.max(...columns), Math.min(...rows), Math.max(...rows)];
}

describe('the image of a signature', () => {
  it('has the size of the profile, white ground, black ink and grey rims', () => {
    const image = signatureImage(slash, PROFILE);
    expect([image.width, image.height]).toEqual([200, 60]);
    const greys = new Set(image.data);
    expect(greys.has(255)).toBe(true);
    expect(greys.has(0)).toBe(true);
    expect(greys.size).toBeGreaterThan(20);
    expect(image.data[0]).toBe(255);
  });

  it('is trimmed: the ink touches the margins of the tighter side and stands in the middle of the other', () => {
    const [left = 0, right = 0, top = 0, bottom = 0] = inkBox(signatureImage(slash, PROFILE));
    expect(top).toBe(3);
    expect(bottom).toBe(60 - 3 - 1);
    expect(Math.abs(left - (199 - right))).toBeLessThanOrEqual(1);
  });

  it('keeps proportions: a written square stays square', () => {
    const side = Array.from({ length: 20 }, (_, i) => i);
    const square = signature(
      ...side.map((i) => sample(10 + i, 10, i)),
      ...side.map((i) => sample(30, 10 + i, 20 + i)),
      ...side.map((i) => sample(30 - i, 30, 40 + i)),
      ...side.map((i) => sample(10, 30 - i, 60 + i)),
    );
    const [left = 0, right = 0, top = 0, bottom = 0] = inkBox(signatureImage(square, PROFILE));
    expect(Math.abs(right - left - (bottom - top))).toBeLessThanOrEqual(2);
  });

  it('holds the whole curve, also where it swings out beyond the samples', () => {
    const swing = signature(sample(10, 10, 0), sample(30, 10, 1), sample(30, 30, 2), sample(10, 30, 3));
    const { data } = signatureImage(swing, PROFILE);
    const margins = [...data.entries()].filter(([at]) => at < 2 * 200 || at >= 58 * 200);
    expect(margins.every(([, grey]) => grey === 255)).toBe(true);
  });

  it('does not depend on where on the pad it was written', () => {
    const moved = signature(...slash.samples.map((s) => ({ ...s, x: s.x + 7, y: s.y + 5 })));
    expect(signatureImage(moved, PROFILE).data).toEqual(signatureImage(slash, PROFILE).data);
  });

  it('draws nothing where the pen is lifted', () => {
    const two = signature(
      sample(10, 10, 0),
      sample(10, 30, 1),
      sample(50, 20, 2, false, 0),
      sample(90, 10, 3),
      sample(90, 30, 4),
    );
    const image = signatureImage(two, PROFILE);
    const middle = [...image.data.entries()].filter(([at]) => at % 200 > 40 && at % 200 < 160);
    expect(middle.every(([, grey]) => grey === 255)).toBe(true);
  });

  it('is never thinner than asked for, and shows pressure only on request', () => {
    const line = signature(sample(10, 30, 0, true, 1), sample(90, 30, 1, true, 1));
    const thickness = (change: object): number => {
      const image = signatureImage(line, { ...PROFILE, strokeMm: 0, ...change });
      const column = Array.from({ length: 60 }, (_, row) => 255 - (image.data[row * 200 + 100] ?? 255));
      return column.reduce((sum, ink) => sum + ink, 0) / 255;
    };
    expect(thickness({ minStrokePx: 2 })).toBeCloseTo(2, 1);
    expect(thickness({ minStrokePx: 4 })).toBeCloseTo(4, 1);
    expect(thickness({ minStrokePx: 4, pressureGain: 0.5 })).toBeCloseTo(6, 1);
  });

  it('leaves a dot a dot', () => {
    const [left = 0, right = 0] = inkBox(signatureImage(signature(sample(50, 30, 0)), PROFILE));
    expect(right - left).toBeLessThan(20);
  });
});

describe('what is no signature', () => {
  it.each([
    ['missing', 'samples', signature(), PROFILE],
    ['missing', 'samples', signature(sample(1, 1, 0, false)), PROFILE],
    ['out-of-range', 'samples[1].x', signature(sample(1, 1, 0), sample(Number.NaN, 1, 1)), PROFILE],
    ['out-of-range', 'samples[0].y', signature(sample(1, 61, 0)), PROFILE],
    ['out-of-range', 'samples[0].pressure', signature(sample(1, 1, 0, true, 2)), PROFILE],
    ['out-of-range', 'samples[1].tMs', signature(sample(1, 1, 5), sample(1, 1, 4)), PROFILE],
    ['out-of-range', 'widthMm', { ...slash, widthMm: 0 }, PROFILE],
    ['out-of-range', 'marginPx', slash, { ...PROFILE, marginPx: 30 }],
    ['out-of-range', 'strokeMm', slash, { ...PROFILE, strokeMm: -1 }],
    ['out-of-range', undefined, slash, { ...PROFILE, widthPx: 0 }],
    ['too-large', undefined, slash, { ...PROFILE, widthPx: 60_000, heightPx: 60_000 }],
  ])('is refused as %s at %s', (code, path, written, profile) => {
    const attempt = (): unknown => signatureImage(written, profile);
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(expect.objectContaining(path === undefined ? { code } : { code, path }));
  });

  it('gives an image or an InputError whatever the numbers', () => {
    const number = fc.oneof(fc.double(), fc.double({ min: 0, max: 60 }));
    const any = fc.record({
      x: number,
      y: number,
      pressure: fc.double({ min: -0.1, max: 1.1 }),
      tMs: number,
      down: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 6 }), number, number, (samples, strokeMm, marginPx) => {
        try {
          const image = signatureImage(signature(...samples), { ...PROFILE, strokeMm, marginPx });
          return image.data.length === 200 * 60;
        } catch (error) {
          return error instanceof InputError;
        }
      }),
    );
  });
});
