import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFacePoints } from '../../src/photo/index.js';

const PLAIN = {
  rightEyeOuter: [1, 2],
  rightEyeInner: [3, 2],
  leftEyeInner: [5, 2],
  leftEyeOuter: [7, 2],
  chin: [4, 9],
};

describe('points of a face as JSON', () => {
  it('are pairs or objects', () => {
    const points = readFacePoints({
      ...PLAIN,
      chin: { x: 4, y: 9.5 },
      crownEstimate: [4, -3],
      noseTip: { x: 1, y: 1 },
    });
    expect(points).toEqual({
      ...{ rightEyeOuter: { x: 1, y: 2 }, rightEyeInner: { x: 3, y: 2 }, leftEyeInner: { x: 5, y: 2 } },
      ...{
        leftEyeOuter: { x: 7, y: 2 },
        chin: { x: 4, y: 9.5 },
        crown: { x: 4, y: -3 },
        noseTip: { x: 1, y: 1 },
      },
    });
  });

  it('may stand under points, and other names are left out', () => {
    expect(Object.keys(readFacePoints({ points: { ...PLAIN, ear: 'x' }, note: 1 }))).toHaveLength(5);
  });

  it.each([
    [{ ...PLAIN, chin: undefined }, 'malformed', 'chin'],
    [{ ...PLAIN, chin: [1] }, 'malformed', 'chin'],
    [{ ...PLAIN, chin: [1, '2'] }, 'malformed', 'chin'],
    [{ ...PLAIN, crown: [1, 1e9] }, 'out-of-range', 'crown'],
    [{ ...PLAIN, crown: [Number.NaN, 1] }, 'out-of-range', 'crown'],
    [{ rightEyeOuter: [1, 2] }, 'missing', 'rightEyeInner'],
    [[1], 'malformed', 'points'],
    [null, 'malformed', 'points'],
  ])('are refused with the name of what is wrong: %j', (json, code, path) => {
    expect(() => readFacePoints(json)).toThrow(expect.objectContaining({ code, path }));
  });

  it('are read or refused with an InputError, whatever the JSON is', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          fc.jsonValue().map((chin) => ({ ...PLAIN, chin })),
        ),
        (json) => {
          try {
            readFacePoints(json);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});
