import type { DecodedImage } from '@buergerkoffer/formats';
import { mapPoint, type Affine } from './affine.js';
import { storedSize, type PhotoPixels } from './upright.js';

/** Pixels on each side that a resampling looks at, for each pixel that one of the new picture covers. */
const REACH = 8;

/**
 * The stored pixels that a picture of `width` x `height` is resampled from, and the map from its places to them; `map` leads
 * to places on the whole of the stored picture.
 */
export function neededPart(
  pixels: PhotoPixels,
  map: Affine,
  width: number,
  height: number,
): { readonly image: DecodedImage; readonly map: Affine } {
  if (pixels.source === undefined) return { image: pixels.image, map };
  const size = storedSize(pixels);
  const corners = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: 0, y: height },
    { x: width, y: height },
  ].map((corner) => mapPoint(map, corner));
  const reach = REACH * (1 + Math.hypot(map.a, map.d));
  const [left, right] = span(
    corners.map(({ x }) => x),
    reach,
    size.width,
  );
  const [top, bottom] = span(
    corners.map(({ y }) => y),
    reach,
    size.height,
  );
  const image = pixels.source.part({ left, top, width: right - left, height: bottom - top });
  return { image, map: { ...map, c: map.c - left, f: map.f - top } };
}

/** From the first to behind the last of `length` pixels that lie among the places or within reach of them, at least one. */
function span(places: readonly number[], reach: number, length: number): readonly [number, number] {
  const from = Math.min(length - 1, Math.max(0, Math.floor(Math.min(...places) - reach)));
  return [from, Math.min(length, Math.max(from + 1, Math.ceil(Math.max(...places) + reach)))];
}
