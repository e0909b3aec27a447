import type { Td1Lines } from './document.js';
import { drawRosette, drawWaves } from './security-print.js';
import type { Ink, PointMm, Sheet } from './sheet.js';
import { write, type Hand } from './writing.js';

/** Size of a card of format ID-1 (ISO/IEC 7810), in millimetres. */
const WIDTH = 85.6;
const HEIGHT = 54;
const CORNER = 3.2;

const CARD: Ink = [232, 239, 236];
const LABEL: Hand = { capitalMm: 1.15, penMm: 0.16, ink: [70, 96, 110] };
const VALUE: Hand = { capitalMm: 1.9, penMm: 0.3, ink: [32, 32, 40] };

/** OCR-B is printed 10 to the inch; three lines end 4 mm above the edge (ICAO Doc 9303-5). */
export const MRZ_HAND: Hand = { capitalMm: 2.4, pitchMm: 2.54, penMm: 0.36, ink: [18, 18, 22] };
const MRZ_LEFT = 4.2;
const MRZ_TOP = 34.2;
const MRZ_STEP = 5.6;

/** The back of an invented identity card with its machine readable zone. */
export function drawIdentityCard(sheet: Sheet, lines: Td1Lines): void {
  drawShadow(sheet, WIDTH, HEIGHT);
  sheet.fill(rectangle(0, 0, WIDTH, HEIGHT), CARD, 1, CORNER);
  drawWaves(sheet, { widthMm: WIDTH, heightMm: 32, topMm: 1 }, [
    [176, 206, 214],
    [206, 196, 216],
    [196, 216, 184],
  ]);
  drawRosette(sheet, [70, 16], 11, [150, 182, 200]);
  sheet.fill(rectangle(0, 31.4, WIDTH, HEIGHT - 0.2), [241, 243, 240], 0.92, CORNER);
  const fields: readonly (readonly [label: string, value: string, at: PointMm])[] = [
    ['ANSCHRIFT/ADDRESS', '00000 MUSTERSTADT', [5, 4]],
    ['', 'AM KOFFER 1', [5, 8.4]],
    ['GRÖSSE/HEIGHT', '166 CM', [5, 15.2]],
    ['AUGENFARBE/EYES', 'BLAU', [31, 15.2]],
    ['BEHÖRDE/AUTHORITY', 'STADT MUSTERSTADT', [5, 22.4]],
  ];
  for (const [label, value, [x, y]] of fields) {
    write(sheet, label, [x, y], LABEL);
    write(sheet, value, [x, y + 2.3], VALUE);
  }
  write(sheet, 'MUSTER', [56, 4], { capitalMm: 2.6, penMm: 0.42, ink: [176, 60, 66], opacity: 0.85 });
  lines.forEach((line, i) => {
    write(sheet, line, [MRZ_LEFT, MRZ_TOP + i * MRZ_STEP], MRZ_HAND);
  });
}

/** What a card or booklet throws on the lid behind it. */
export function drawShadow(sheet: Sheet, width: number, height: number): void {
  for (const [grow, opacity] of [
    [0.9, 0.05],
    [0.6, 0.09],
    [0.3, 0.16],
  ] as const) {
    sheet.fill(
      rectangle(-grow * 0.4, -grow * 0.4, width + grow, height + grow),
      [120, 120, 126],
      opacity,
      CORNER + grow,
    );
  }
}

/** The corners of a rectangle, clockwise from the top left. */
export function rectangle(left: number, top: number, right: number, bottom: number): readonly PointMm[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}
