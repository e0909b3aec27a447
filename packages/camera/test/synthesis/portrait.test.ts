import { describe, expect, it } from 'vitest';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';

const SMALL = 200;
const ROWS = 400;

/** What six people look like at a point of the drawing (1244 x 1600 units): red, green and blue of each. */
const PICTURES = [0, 1, 2, 3, 4, 5].map((seed) => drawPortrait(drawnPerson(seed), ROWS));
function seenAt(x: number, y: number): readonly (readonly number[])[] {
  return PICTURES.map(({ width, data }) => {
    const at = (Math.floor((y * ROWS) / 1600) * width + Math.floor((x * ROWS) / 1600)) * 3;
    return [...data.subarray(at, at + 3)];
  });
}

describe('a drawn portrait', () => {
  it('is the same bytes for the same person, and another picture for another', () => {
    const [first, again, other] = [1, 1, 2].map((seed) => drawPortrait(drawnPerson(seed), SMALL).data);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('has the aspect of an ID photo at every size', () => {
    for (const height of [100, 800]) {
      const image = drawPortrait(drawnPerson(1), height);
      expect([image.width, image.height]).toEqual([Math.round((height * 1244) / 1600), height]);
    }
  });

  it('is refused at a height that is out of range', () => {
    for (const height of [99, 3201, 200.5])
      expect(() => drawPortrait(drawnPerson(1), height)).toThrow(/100 to 3200/);
  });

  it('stands before a wall whose grey the guideline recommends, A1A1A1 to E1E1E1', () => {
    const wall = [seenAt(20, 20), seenAt(1220, 20), seenAt(40, 700)].flat(2);
    expect(Math.min(...wall)).toBeGreaterThanOrEqual(0xa1);
    expect(Math.max(...wall)).toBeLessThanOrEqual(0xe1 + 3);
  });

  it('has dark pupils where the eyes of an ID photo belong, and skin between them', () => {
    for (const side of [-1, 1]) {
      for (const pupil of seenAt(622 + side * 168, 736)) expect(Math.max(...pupil)).toBeLessThan(80);
    }
    for (const [red = 0, , blue = 0] of seenAt(622, 800)) expect(red).toBeGreaterThan(blue + 15);
  });

  it('shows many different people', () => {
    const people = Array.from({ length: 60 }, (_, seed) => drawnPerson(seed));
    const looks = new Set(
      people.map(({ figure, hairstyle, glasses, skin }) => [figure, hairstyle, glasses, skin].join()),
    );
    expect(looks.size).toBeGreaterThan(20);
  });
});
