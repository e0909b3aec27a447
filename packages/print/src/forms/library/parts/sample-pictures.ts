import { encodePng, greyImage } from '@buergerkoffer/formats';
import type { FormSamples, PictureName, SampleVariant } from '../../definition.js';

const drawn = new Map<PictureName, Promise<Uint8Array>>();

/** Pictures of nobody for samples: none in the blank form, in others all but where `only` names fewer. */
export function samplePictures(
  only: Partial<Record<SampleVariant, readonly PictureName[]>> = {},
  all: readonly PictureName[] = ['photo', 'signature'],
): NonNullable<FormSamples<unknown>['assets']> {
  return async (variant) => {
    const names = variant === 'empty' ? [] : (only[variant] ?? all);
    const pictures = names.map(async (name) => [name, { bytes: await picture(name) }] as const);
    return Object.fromEntries(await Promise.all(pictures));
  };
}

function picture(name: PictureName): Promise<Uint8Array> {
  const picture = drawn.get(name) ?? (name === 'signature' ? penStroke() : silhouette());
  drawn.set(name, picture);
  return picture;
}

/** Head and shoulders without a face, 350 x 450. */
function silhouette(): Promise<Uint8Array> {
  return greyPng(350, 450, (x, y) => {
    const head = ((x - 175) / 76) ** 2 + ((y - 190) / 104) ** 2;
    const body = ((x - 175) / 158) ** 2 + ((y - 470) / 160) ** 2;
    if (head < 1) return 190 - Math.round(30 * head);
    return body < 1 ? 110 : 236;
  });
}

/** A wavy line, 600 x 150. */
function penStroke(): Promise<Uint8Array> {
  return greyPng(600, 150, (x, y) =>
    Math.abs(y - 75 - 45 * Math.sin(x / 24) * Math.cos(x / 90)) < 3 ? 0 : 255,
  );
}

function greyPng(
  width: number,
  height: number,
  shade: (x: number, y: number) => number,
): Promise<Uint8Array> {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = shade(x, y);
  return encodePng(greyImage({ width, height, data }));
}
