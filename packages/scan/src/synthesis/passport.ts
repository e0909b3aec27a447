import type { Td3Lines } from './document.js';
import { drawShadow, MRZ_HAND, rectangle } from './identity-card.js';
import { drawRosette, drawWaves } from './security-print.js';
import type { Ink, PointMm, Sheet } from './sheet.js';
import { write, type Hand } from './writing.js';

/** Size of a passport page of format ID-3 (ISO/IEC 7810), in millimetres. */
const WIDTH = 125;
const HEIGHT = 88;

const PAGE: Ink = [238, 236, 226];
const LABEL: Hand = { capitalMm: 1.2, penMm: 0.17, ink: [96, 84, 110] };
const VALUE: Hand = { capitalMm: 2.2, penMm: 0.34, ink: [30, 30, 38] };
/** Two lines in the lowest 23.2 mm of the page (ICAO Doc 9303-4). */
const MRZ_LEFT = 6.4;
const MRZ_TOP = 70;
const MRZ_STEP = 7;

/** The data page of an invented passport with its machine readable zone; the picture is a shape without a face. */
export function drawPassport(sheet: Sheet, lines: Td3Lines): void {
  drawShadow(sheet, WIDTH, HEIGHT);
  sheet.fill(rectangle(0, 0, WIDTH, HEIGHT), PAGE, 1, 3);
  drawWaves(sheet, { widthMm: WIDTH, heightMm: 64, topMm: 1 }, [
    [214, 200, 214],
    [196, 210, 218],
    [222, 212, 184],
  ]);
  drawRosette(sheet, [98, 38], 17, [198, 184, 206]);
  sheet.fill(rectangle(0, 64.6, WIDTH, HEIGHT - 0.2), [243, 242, 236], 0.92, 3);
  drawSilhouette(sheet, [7, 12]);
  write(sheet, 'REISEPASS PASSPORT', [7, 5], { capitalMm: 2.2, penMm: 0.36, ink: [104, 40, 62] });
  write(sheet, 'MUSTER', [96, 5], { capitalMm: 3, penMm: 0.46, ink: [176, 60, 66], opacity: 0.85 });
  for (const [label, value, at] of fieldsOf(lines)) {
    write(sheet, label, at, LABEL);
    write(sheet, value, [at[0], at[1] + 2.4], VALUE);
  }
  lines.forEach((line, i) => {
    write(sheet, line, [MRZ_LEFT, MRZ_TOP + i * MRZ_STEP], MRZ_HAND);
  });
}

/** What the eye reads on the page is what the MRZ says (ICAO Doc 9303-4, 4.2.2), so that both agree. */
function fieldsOf([upper, lower]: Td3Lines): readonly (readonly [
  label: string,
  value: string,
  at: PointMm,
])[] {
  const [surname = '', given = ''] = upper.slice(5).split('<<');
  const plain = (text: string): string => text.replaceAll('<', ' ').trim();
  const date = (text: string): string => `${text.slice(4, 6)}.${text.slice(2, 4)}.${text.slice(0, 2)}`;
  return [
    ['TYP/TYPE', plain(upper.slice(0, 2)), [47, 13]],
    ['KODE/CODE', plain(upper.slice(2, 5)), [62, 13]],
    ['PASS-NR./PASSPORT NO.', plain(lower.slice(0, 9)), [82, 13]],
    ['NAME/SURNAME', plain(surname), [47, 22]],
    ['VORNAMEN/GIVEN NAMES', plain(given), [47, 31]],
    ['GEBURTSTAG/DATE OF BIRTH', date(lower.slice(13, 19)), [47, 40]],
    ['STAATSANGEHÖRIGKEIT/NATIONALITY', plain(lower.slice(10, 13)), [47, 49]],
    ['GÜLTIG BIS/DATE OF EXPIRY', date(lower.slice(21, 27)), [47, 58]],
  ];
}

/** Head and shoulders as a shape, 35 x 45 mm. */
function drawSilhouette(sheet: Sheet, [x, y]: PointMm): void {
  const shape: Ink = [150, 150, 158];
  const oval = (cx: number, cy: number, rx: number, ry: number): readonly PointMm[] =>
    Array.from({ length: 40 }, (_, i): PointMm => {
      const angle = (i * Math.PI) / 20;
      return [x + cx + rx * Math.cos(angle), y + cy + ry * Math.sin(angle)];
    });
  sheet.fill(rectangle(x, y, x + 35, y + 45), [216, 217, 220]);
  sheet.fill(oval(17.5, 19, 9.2, 12.2), shape);
  sheet.fill(rectangle(x + 13.4, y + 28, x + 21.6, y + 38), shape);
  const half = oval(17.5, 45, 15.5, 10).filter(([, py]) => py <= y + 45.01);
  sheet.fill(half, shape);
}
