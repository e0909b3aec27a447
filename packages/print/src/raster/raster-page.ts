/** 8 bits per sample: one grey value, or red, green and blue, per pixel (PWG 5102.4: `sgray_8`, `srgb_8`). */
export type RasterColor = 'sgray' | 'srgb';

/** What a page is rendered to. */
export interface RasterCanvas {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly resolutionDpi: number;
  readonly color: RasterColor;
}

/** One rendered page, which fills its canvas. */
export interface RasterPage {
  readonly canvas: RasterCanvas;
  /** `heightPx` rows from the top, each of `widthPx` pixels; white is 255. */
  readonly rows: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** Bytes of one pixel. */
export function bytesPerPixel(color: RasterColor): number {
  return color === 'sgray' ? 1 : 3;
}

/** Width and height of a self-describing media name of PWG 5101.1 in millimetres, such as `iso_a4_210x297mm`; undefined for another name. */
export function mediaSizeMm(
  media: string,
): { readonly widthMm: number; readonly heightMm: number } | undefined {
  const found = /_(\d{1,5}(?:\.\d{1,5})?)x(\d{1,5}(?:\.\d{1,5})?)(mm|in)$/.exec(media);
  if (found === null) return undefined;
  const [, width, height, unit] = found;
  const mm = unit === 'in' ? 25.4 : 1;
  return { widthMm: Number(width) * mm, heightMm: Number(height) * mm };
}
