import type { Ink, PointMm, Sheet } from './sheet.js';
import { write, type Hand } from './writing.js';

const PAPER: Ink = [249, 247, 242];
const BLACK: Ink = [34, 33, 38];
const STAMP: Ink = [52, 64, 150];
const PEN: Ink = [30, 44, 110];

const HEAD: Hand = { capitalMm: 4.2, penMm: 0.7, ink: BLACK };
const BODY: Hand = { capitalMm: 2.5, penMm: 0.33, ink: BLACK };
const SMALL: Hand = { capitalMm: 1.7, penMm: 0.22, ink: [90, 90, 96] };

const LEFT = 25;
const LINES: readonly string[] = [
  'Sehr geehrte Damen und Herren,',
  '',
  'diese Seite hat nie auf Papier gestanden. Ein simulierter',
  'Scanner hat sie gezeichnet: Schrift, Stempel und Unterschrift,',
  'das Korn des Papiers, und etwas schief liegt sie auch.',
  '',
  'Sie ist da, damit Programme etwas zu tun haben, bevor das',
  'erste Gerät auf dem Tisch steht: Ränder finden, gerade',
  'rücken, Schrift lesen, Seiten einem Vorgang zuordnen.',
  '',
  'Kein Mensch ist hier genannt und kein Amt hat das bestätigt.',
  'Wer sie trotzdem zu den Akten nimmt, hat etwas zu erzählen.',
  '',
  'Mit freundlichen Grüßen',
];

/** A letter on A4 with letterhead, text, a table, a signature and a stamp. */
export function drawLetter(sheet: Sheet, next: () => number): void {
  sheet.fill(
    [
      [0, 0],
      [210, 0],
      [210, 297],
      [0, 297],
    ],
    PAPER,
  );
  write(sheet, 'Stadt Musterstadt', [LEFT, 20], HEAD);
  write(sheet, 'Bürgerbüro - Am Koffer 1 - 00000 Musterstadt', [LEFT, 28], SMALL);
  sheet.stroke(
    [
      [LEFT, 33],
      [185, 33],
    ],
    0.4,
    BLACK,
  );
  write(sheet, 'MUSTER - SIMULIERTE SEITE', [LEFT, 52], { ...BODY, capitalMm: 3, penMm: 0.5 });
  write(sheet, `Vorgang ${Math.floor(next() * 9000) + 1000}/26`, [140, 52], BODY);
  LINES.forEach((line, i) => {
    write(sheet, line, [LEFT, 72 + i * 7], BODY);
  });
  drawTable(sheet, 200);
  drawSignature(sheet, [LEFT + 2, 172], next);
  drawStamp(sheet, [150, 172], next);
  write(sheet, 'Seite 1 von 1', [LEFT, 280], SMALL);
}

function drawTable(sheet: Sheet, top: number): void {
  const rows = ['Unterlage', 'Altes Dokument', 'Lichtbild', 'Unterschrift'];
  const marks = ['gesehen', 'ja', 'ja', 'ja'];
  rows.forEach((row, i) => {
    const y = top + i * 9;
    sheet.stroke(
      [
        [LEFT, y],
        [185, y],
      ],
      i < 2 ? 0.35 : 0.18,
      BLACK,
      0.8,
    );
    write(sheet, row, [LEFT + 2, y + 3], BODY);
    write(sheet, marks[i] ?? '', [LEFT + 92, y + 3], BODY);
  });
  sheet.stroke(
    [
      [LEFT, top + 36],
      [185, top + 36],
    ],
    0.35,
    BLACK,
    0.8,
  );
}

/** Loops of a pen that spell nothing. */
function drawSignature(sheet: Sheet, [x, y]: PointMm, next: () => number): void {
  const phase = next() * 2;
  const points = Array.from({ length: 140 }, (_, i): PointMm => {
    const t = i / 10;
    const height = 3.4 * Math.exp(-t / 9) * (1 + 0.5 * Math.sin(t * 0.7 + phase));
    return [x + t * 2.9 + 1.5 * Math.sin(t * 2.6 + phase), y + height * Math.cos(t * 2.6) - t * 0.12];
  });
  sheet.stroke(points, 0.42, PEN, 0.9);
}

/** A round rubber stamp, pressed on by hand: turned, and with ink that is thin in places. */
function drawStamp(sheet: Sheet, centre: PointMm, next: () => number): void {
  const lean = next() - 0.5;
  for (const [radius, pen] of [
    [17, 0.7],
    [15.6, 0.25],
    [9.5, 0.25],
  ] as const) {
    for (let i = 0; i < 48; i++) {
      const arc = [i, i + 0.5, i + 1].map((step): PointMm => onCircle(centre, radius, (step * Math.PI) / 24));
      sheet.stroke(arc, pen, STAMP, 0.55 + 0.3 * Math.sin(i * 0.35 + lean * 9));
    }
  }
  const text = 'STADT MUSTERSTADT - MUSTER - ';
  Array.from(text).forEach((character, i) => {
    const angle = (i / text.length) * 2 * Math.PI - Math.PI / 2 + lean;
    const start = onCircle(centre, 13.6, angle - 0.055);
    write(sheet, character, start, {
      capitalMm: 2.1,
      penMm: 0.32,
      ink: STAMP,
      opacity: 0.8,
      turn: angle + Math.PI / 2,
    });
  });
  write(sheet, '26', [centre[0] - 4, centre[1] - 2.6], {
    capitalMm: 5.2,
    penMm: 0.6,
    ink: STAMP,
    opacity: 0.75,
  });
}

function onCircle([x, y]: PointMm, radius: number, angle: number): PointMm {
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
}
