import type { GreyImage } from '@buergerkoffer/formats';

/** First word of a NISTCOM: lines of a name and a value, the first with their number (NBIS, NISTCOM). */
const HEADER = 'NIST_COM';

/**
 * The comment in which NBIS states what WSQ has no field for, the resolution above all; for `comments` of the
 * encoder. Without `resolutionPpi` it says -1, as NBIS does for an unknown one.
 */
export function nistComment(image: GreyImage, bitRate: number): string {
  const attributes = [
    ['PIX_WIDTH', image.width],
    ['PIX_HEIGHT', image.height],
    ['PIX_DEPTH', 8],
    ['PPI', image.resolutionPpi === undefined ? -1 : Math.round(image.resolutionPpi)],
    ['LOSSY', 1],
    ['COLORSPACE', 'GRAY'],
    ['COMPRESSION', 'WSQ'],
    ['WSQ_BITRATE', bitRate.toFixed(6)],
  ] as const;
  const lines = attributes.map(([name, value]) => `${name} ${value}`);
  return [`${HEADER} ${attributes.length + 1}`, ...lines, ''].join('\n');
}

/** Resolution that the first NISTCOM among the comments states; undefined where none does. */
export function ppiOf(comments: readonly string[]): number | undefined {
  const comment = comments.find((text) => text.startsWith(HEADER));
  const ppi = Number(/^PPI +(\d{1,5})\s*$/m.exec(comment ?? '')?.[1] ?? 0);
  return ppi > 0 ? ppi : undefined;
}
