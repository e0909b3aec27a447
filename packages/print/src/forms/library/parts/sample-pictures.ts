import { encodePng, greyImage } from '@buergerkoffer/formats';
import type { FormSamples, PictureName, SampleVariant } from '../../definition.js';

type Asset = { readonly bytes: Uint8Array };

const drawn = new Map<string, Asset>();

/** Pictures of nobody for samples: none in the blank form, in others all but where `only` names fewer. */
export function samplePictures(
  only: Partial<Record<SampleVariant, readonly PictureName[]>> = {},
  all: readonly PictureName[] = ['photo', 'signature'],
): NonNullable<FormSamples<unknown>['assets']> {
  return (variant) => {
    const names = variant === 'empty' ? [] : (only[variant] ?? all);
    return Object.fromEntries(names.map((name) => [name, picture(name)]));
  };
}

function picture(name: PictureName): Asset {
  const known = drawn.get(name);
  if (known !== undefined) return known;
  const made = { bytes: name === 'signature' ? penStroke() : silhouette() };
  drawn.set(name, made);
  return made;
}

/** Head and shoulders without a face, 350 x 450. */
function silhouette(): Uint8Array {
  return greyPng(350, 450, (x, y) => {
    const head = ((x - 175) / 76) ** 2 + ((y - 190) / 104) ** 2;
    const body = ((x - 175) / 158) ** 2 + ((y - 470) / 160) ** 2;
    if (head < 1) return 190 - Math.round(30 * head);
    return body < 1 ? 110 : 236;
  });
}

/** A wavy line, 600 x 150. */
function penStroke(): Uint8Array {
  return greyPng(600, 150, (x, y) =>
    Math.abs(y - 75 - 45 * Math.sin(x / 24) * Math.cos(x / 90)) < 3 ? 0 : 255,
  );
}

function greyPng(width: number, height: number, shade: (x: number, y: number) => number): Uint8Array {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data[y * width + x] = shade(x, y);
  return encodePng(greyImage({ width, height, data }));
}
