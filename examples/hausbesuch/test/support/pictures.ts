import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng, greyImage, type GreyImage } from '@buergerkoffer/formats';

/** Small pictures, so that a visit is quick; nobody is on them. */
export interface Pictures {
  readonly photo: string;
  readonly fingerRight: string;
  readonly fingerLeft: string;
}

/** Writes a photo and two fingers into `folder`. */
export async function smallPictures(folder: string): Promise<Pictures> {
  const at = (name: string): string => join(folder, name);
  const pictures = { photo: at('photo.png'), fingerRight: at('right.pgm'), fingerLeft: at('left.png') };
  await writeFile(pictures.photo, await encodePng(gradient(413, 531)));
  await writeFile(pictures.fingerRight, pgm(rings(240, 320, 9)));
  await writeFile(pictures.fingerLeft, await encodePng(rings(240, 320, 11)));
  return pictures;
}

/** A grey gradient from top to bottom. */
export function gradient(width: number, height: number): GreyImage {
  const data = Uint8Array.from({ length: width * height }, (_, place) => Math.floor(place / width) % 256);
  return greyImage({ width, height, data, resolutionPpi: 300 });
}

/** Rings around the middle, `period` pixels from one to the next. */
export function rings(width: number, height: number, period: number): GreyImage {
  const data = Uint8Array.from({ length: width * height }, (_, place) => {
    const distance = Math.hypot((place % width) - width / 2, Math.floor(place / width) - height / 2);
    return Math.round(127 + 120 * Math.sin((2 * Math.PI * distance) / period));
  });
  return greyImage({ width, height, data, resolutionPpi: 500 });
}

/** A binary PGM (netpbm `pgm(5)`, P5). */
export function pgm({ width, height, data }: GreyImage): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);
}
