import { greyImage, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import { turnAbout } from '../../src/photo/affine.js';
import { resample } from '../../src/photo/resample.js';

vi.setConfig({ testTimeout: 60_000 });

const SAME = { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 };

function pictureOf(width: number, height: number, value: (x: number, y: number) => number): DecodedImage {
  const data = Uint8Array.from({ length: width * height }, (_, at) =>
    Math.round(value((at % width) + 0.5, Math.floor(at / width) + 0.5)),
  );
  return greyImage({ width, height, data });
}

const wave = (x: number, y: number): number => 128 + 60 * Math.sin(x / 5 + 1) + 50 * Math.cos(y / 7);

describe('resampling', () => {
  it('keeps a picture that is not moved', () => {
    const image = rgbImage({
      width: 40,
      height: 30,
      data: Uint8Array.from({ length: 3600 }, (_, i) => (i * 37) & 255),
    });
    expect(resample(image, SAME, 40, 30)).toEqual(image);
  });

  it('turns by quarters without changing a value', () => {
    const image = pictureOf(20, 12, (x, y) => x * 11 + y);
    const turned = resample(image, { a: 0, b: 1, c: 0, d: -1, e: 0, f: 12 }, 12, 20);
    for (let v = 0; v < 20; v += 1)
      for (let u = 0; u < 12; u += 1) expect(turned.data[v * 12 + u]).toBe(image.data[(11 - u) * 20 + v]);
  });

  it.each([0, 3, -8, 30, 44, 95, 180])(
    'shows a smooth picture where it should be when turned by %d degrees',
    (angle) => {
      const image = pictureOf(160, 160, wave);
      const map = turnAbout({ x: 80, y: 80 }, angle, 0.7);
      const { data } = resample(image, map, 160, 160);
      let worst = 0;
      for (let y = 0; y < 160; y += 1) {
        for (let x = 0; x < 160; x += 1) {
          const place = {
            x: map.a * (x + 0.5) + map.b * (y + 0.5) + map.c,
            y: map.d * (x + 0.5) + map.e * (y + 0.5) + map.f,
          };
          if (Math.min(place.x, place.y, 160 - place.x, 160 - place.y) < 5) continue;
          worst = Math.max(worst, Math.abs((data[y * 160 + x] ?? 0) - wave(place.x, place.y)));
        }
      }
      expect(worst).toBeLessThan(2.5);
    },
  );

  it('lets nothing through that the smaller picture cannot hold', () => {
    const stripes = pictureOf(200, 200, (x) => (Math.floor(x) % 2 === 0 ? 255 : 0));
    const { data } = resample(stripes, { ...SAME, a: 3, e: 3 }, 66, 66);
    const inner = data.filter((_, at) => at % 66 > 3 && at % 66 < 62);
    expect(Math.max(...inner) - Math.min(...inner)).toBeLessThan(8);
  });

  it('keeps grey and colour alike', () => {
    const grey = pictureOf(50, 50, wave);
    const colour = rgbImage({
      width: 50,
      height: 50,
      data: Uint8Array.from(grey.data, (_, i) => i)
        .map((_, i) => grey.data[i] ?? 0)
        .reduce<Uint8Array>((all, value, i) => all.fill(value, 3 * i, 3 * i + 3), new Uint8Array(7500)),
    });
    const map = turnAbout({ x: 25, y: 25 }, 7, 1.4);
    const [one, three] = [resample(grey, map, 30, 30), resample(colour, map, 30, 30)];
    expect(three.data.filter((_, at) => at % 3 === 1)).toEqual(one.data);
  });
});
