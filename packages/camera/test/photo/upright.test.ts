import { greyImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { photoPixels, reducedUpright, uprightImage } from '../../src/photo/index.js';
import type { Orientation } from '../../src/photo/photo.js';

vi.setConfig({ testTimeout: 60_000 });

/** How the letter F is stored so that the orientation shows it upright. */
const STORED: Readonly<Record<Orientation, string>> = {
  1: '###|#..|##.|#..|#..',
  2: '###|..#|.##|..#|..#',
  3: '..#|..#|.##|..#|###',
  4: '#..|#..|##.|#..|###',
  5: '#####|#.#..|#....',
  6: '#....|#.#..|#####',
  7: '....#|..#.#|#####',
  8: '#####|..#.#|....#',
};

function picture(text: string): Parameters<typeof photoPixels>[0] {
  const rows = text.split('|');
  const data = Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 255 : 0));
  return greyImage({ width: rows[0]?.length ?? 0, height: rows.length, data });
}

function large(text: string, factor: number): Parameters<typeof photoPixels>[0] {
  const small = picture(text);
  const [width, height] = [small.width * factor, small.height * factor];
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [Math.floor((at % width) / factor), Math.floor(at / width / factor)];
    return small.data[y * small.width + x] ?? 0;
  });
  return greyImage({ width, height, data });
}

describe('a photo upright', () => {
  it.each(Object.entries(STORED))('stands up from orientation %s', (orientation, text) => {
    const photo = photoPixels(picture(text), Number(orientation) as Orientation);
    expect(photo).toMatchObject({ widthPx: 3, heightPx: 5 });
    expect(uprightImage(photo)).toEqual(picture(STORED[1]));
  });

  it.each(Object.entries(STORED))('is made smaller from orientation %s', (orientation, text) => {
    const { image, scale } = reducedUpright(
      photoPixels(large(text, 40), Number(orientation) as Orientation),
      25,
    );
    expect(scale).toBe(8);
    expect(image).toMatchObject({ width: 15, height: 25 });
    expect(image.data).toEqual(large(STORED[1], 5).data);
  });

  it('is not made larger', () => {
    const { image, scale } = reducedUpright(photoPixels(picture(STORED[1])), 1000);
    expect([scale, image.width]).toEqual([1, 3]);
  });
});
