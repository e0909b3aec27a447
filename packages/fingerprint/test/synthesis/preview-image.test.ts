import { greyImage } from '@buergerkoffer/formats';
import { expect, it } from 'vitest';
import { previewImage } from '../../src/synthesis/preview-image.js';

const data = Uint8Array.from([0, 100, 255, 255, 7, 100, 200, 255, 255, 9]);
const image = greyImage({ width: 5, height: 2, data, resolutionPpi: 500 });

it('halves width, height and resolution: each pixel is the mean of four, a last odd column is left out', () => {
  expect(previewImage(image, 1)).toMatchObject({ width: 2, height: 1, resolutionPpi: 250 });
  expect([...previewImage(image, 1).data]).toEqual([Math.round(400 / 4), 255]);
});

it('fades to white with its strength', () => {
  expect([...previewImage(image, 0.2).data]).toEqual([Math.round(255 - 0.2 * 155), 255]);
  expect([...previewImage(image, 0).data]).toEqual([255, 255]);
});

it('leaves one pixel of one pixel', () => {
  const dot = greyImage({ width: 1, height: 1, data: Uint8Array.of(40) });
  expect(previewImage(dot, 1)).toEqual({ channels: 1, width: 1, height: 1, data: Uint8Array.of(40) });
});
