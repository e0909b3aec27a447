import { signatureMeasures, type PenSample, type Signature } from '@buergerkoffer/signature';
import { expect, it } from 'vitest';

function at(x: number, y: number, tMs: number, down = true): PenSample {
  return { x, y, tMs, down, pressure: down ? 0.5 : 0 };
}

function signature(...samples: readonly PenSample[]): Signature {
  return { samples, widthMm: 100, heightMm: 60 };
}

it('counts strokes, times and lengths, and leaves out what the lifted pen does', () => {
  const written = signature(
    at(10, 10, 100),
    at(13, 14, 110),
    at(60, 50, 150, false),
    at(20, 14, 200),
    at(20, 20, 240),
    at(90, 55, 300, false),
  );
  expect(signatureMeasures(written)).toEqual({
    strokes: 2,
    durationMs: 140,
    penDownMs: 50,
    lengthMm: 11,
    widthMm: 10,
    heightMm: 10,
    borderShare: 0,
  });
});

it('is all zero when nothing is written', () => {
  const nothing = {
    strokes: 0,
    durationMs: 0,
    penDownMs: 0,
    lengthMm: 0,
    widthMm: 0,
    heightMm: 0,
    borderShare: 0,
  };
  expect(signatureMeasures(signature())).toEqual(nothing);
  expect(signatureMeasures(signature(at(5, 5, 0, false)))).toEqual(nothing);
});

it('tells the share of samples in the border zone', () => {
  const written = signature(at(1, 30, 0), at(5, 30, 1), at(99.5, 30, 2), at(50, 59, 3));
  expect(signatureMeasures(written).borderShare).toBe(0.75);
  expect(signatureMeasures(written, 0).borderShare).toBe(0);
  expect(signatureMeasures(written, 100).borderShare).toBe(1);
  expect(() => signatureMeasures(written, Number.NaN)).toThrow(/borderMm/);
});
