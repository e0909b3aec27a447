import type { Ink, PointMm, Sheet } from './sheet.js';

/** Fine waves across a card or page, as security printing has them; invented, none of a real document. */
export function drawWaves(
  sheet: Sheet,
  area: { readonly widthMm: number; readonly heightMm: number; readonly topMm: number },
  inks: readonly [Ink, Ink, Ink],
): void {
  const { widthMm, heightMm, topMm } = area;
  const gap = 1.5;
  const lines = Math.floor((heightMm - topMm) / gap);
  for (let line = 1; line < lines; line++) {
    const points = Array.from({ length: 61 }, (_, i): PointMm => {
      const x = (i / 60) * (widthMm - 3) + 1.5;
      const swing = 0.55 * Math.sin(x * 0.23 + line * 0.45) + 0.35 * Math.sin(x * 0.61 - line * 0.8);
      return [x, topMm + line * gap + swing];
    });
    sheet.stroke(points, 0.12, inks[line % 3] ?? inks[0], 0.75);
  }
}

/** A rosette of interlaced curves around `centre`. */
export function drawRosette(sheet: Sheet, [cx, cy]: PointMm, radiusMm: number, ink: Ink): void {
  for (let turn = 0; turn < 6; turn++) {
    const points = Array.from({ length: 121 }, (_, i): PointMm => {
      const angle = (i * Math.PI) / 60;
      const radius = radiusMm * (0.72 + 0.28 * Math.cos(8 * angle + turn * 0.52));
      return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
    });
    sheet.stroke(points, 0.11, ink, 0.7);
  }
}
