import type { DecodedImage } from '@buergerkoffer/formats';
import { greyImage, rgbImage } from '@buergerkoffer/formats';
import type { Affine } from './affine.js';
import { filterGreyColumns, filterRgbColumns } from './filter-columns.js';
import { filterBank } from './lanczos.js';
import { RowWindow } from './row-window.js';

/**
 * The image seen through `map`, which takes each place of the new picture of `width` x `height` pixels to its place
 * in `source`, both in continuous pixels from the outer corner of the top left one.
 *
 * One resampling in two one-dimensional passes (E. Catmull, A. R. Smith, "3-D transformations of images in scanline
 * order", SIGGRAPH 1980), each with a Lanczos-3 kernel that is widened where the picture becomes smaller, so that
 * nothing folds. Exact for turns by quarter turns and mirrors; for other turns made for a few degrees, usable up to
 * 45. Places outside the source take its edge; callers keep the map inside.
 */
export function resample(source: DecodedImage, map: Affine, width: number, height: number): DecodedImage {
  // The rows of the source run along the columns of the picture, or along its rows where the photo lies on its side.
  const isUpright = Math.abs(map.a * map.e) >= Math.abs(map.b * map.d);
  const along = isUpright ? map : { ...map, a: map.b, b: map.a, d: map.e, e: map.d };
  const [columns, rows] = isUpright ? [width, height] : [height, width];
  const data = new Uint8Array(width * height * source.channels);
  const step = isUpright ? { column: 1, row: width } : { column: width, row: 1 };
  const target = { columns, step, data };
  const held = new RowWindow(source, along, columns, rows);
  const bank = filterBank(Math.abs(along.e));
  const filterColumns = source.channels === 3 ? filterRgbColumns : filterGreyColumns;
  for (let index = 0; index < rows; index += 1) {
    // Down the source, so that rows that were passed are needed no more.
    const row = along.e < 0 ? rows - 1 - index : index;
    const startY = along.e * (row + 0.5) + along.d / 2 + along.f - held.first - 0.5;
    const slope = along.d * (columns - 1);
    held.moveTo(startY + Math.min(0, slope) - bank.taps, startY + Math.max(0, slope) + bank.taps);
    filterColumns(held, bank, target, row, startY, along.d);
  }
  const fields = { width, height, data };
  return source.channels === 3 ? rgbImage(fields) : greyImage(fields);
}
