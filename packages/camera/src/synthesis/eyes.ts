import type { Canvas } from './canvas.js';
import { FACE } from './face-map.js';
import { HAIR, IRIS, mix, SKIN } from './palette.js';
import { brush, closedCurve, ellipse, mirrored, type Path, type Point } from './path.js';
import type { DrawnPerson } from './person.js';
import { numbersFrom } from './noise.js';

const X = FACE.axis;
const CX = X + FACE.halfEyeDistance;
const Y = FACE.eye;
const IRIS_RADIUS = 36;

const OPENING: readonly Point[] = [
  [CX - 76, Y + 12],
  [CX - 46, Y - 16],
  [CX, Y - 28],
  [CX + 46, Y - 19],
  [CX + 80, Y + 10],
  [CX + 44, Y + 23],
  [CX, Y + 27],
  [CX - 42, Y + 24],
];
const UPPER_LID = OPENING.slice(0, 5);
const LOWER_LID: readonly Point[] = [
  [CX - 70, Y + 15],
  [CX - 40, Y + 26],
  [CX, Y + 29],
  [CX + 44, Y + 25],
  [CX + 78, Y + 11],
];

/** Both eyes, looking into the camera, with their lids and brows. */
export function drawEyes(canvas: Canvas, person: DrawnPerson, face: Path): void {
  for (const side of [(p: readonly Point[]) => p, (p: readonly Point[]) => mirrored(p, X)]) {
    drawEye(canvas, person, side);
    drawLids(canvas, person, side, face);
    drawBrow(canvas, person, side);
  }
}

type Side = (points: readonly Point[]) => readonly Point[];

function drawEye(canvas: Canvas, person: DrawnPerson, side: Side): void {
  const skin = SKIN[person.skin];
  const iris = IRIS[person.eyes];
  const opening = closedCurve(side(OPENING));
  const [x, y] = side([[CX, Y - 2]])[0] ?? [CX, Y];
  canvas.fill(opening, [243, 240, 235]);
  const inside = (path: Path, colour: readonly [number, number, number], opacity = 1, soft = 0): void => {
    canvas.fill(path, colour, { inside: opening, opacity, soft });
  };
  inside(ellipse([x - 66, y + 6], 20, 30), mix([243, 240, 235], skin.blush, 0.35), 0.8, 8);
  inside(ellipse([x + 66, y + 6], 20, 30), mix([243, 240, 235], skin.blush, 0.35), 0.8, 8);
  inside(ellipse([x, y], IRIS_RADIUS + 2, IRIS_RADIUS + 2), iris.shade, 1, 1);
  inside(ellipse([x, y], IRIS_RADIUS - 2, IRIS_RADIUS - 2), iris.base, 1, 2.5);
  inside(ellipse([x + 6, y + 12], 20, 14), iris.light, 0.85, 6);
  inside(ellipse([x, y], 15, 15), [22, 20, 22], 1, 0.8);
  inside(
    brush(
      side(UPPER_LID).map(([px, py]): Point => [px, py + 8]),
      26,
      0.3,
    ),
    [70, 56, 52],
    0.5,
    8,
  );
  // The window behind the photographer, at the same place in both eyes.
  inside(ellipse([x - 11, y - 12], 8, 8), [255, 255, 255], 0.95, 1.2);
  inside(ellipse([x + 12, y + 13], 4.5, 4.5), [255, 255, 255], 0.45, 1.5);
}

function drawLids(canvas: Canvas, person: DrawnPerson, side: Side, face: Path): void {
  const skin = SKIN[person.skin];
  const lash = person.figure === 'woman' ? 11 : 8;
  canvas.fill(brush(side(UPPER_LID), lash, 0.75), mix(skin.deep, [40, 28, 24], 0.55), {
    soft: 1.5,
    opacity: 0.92,
  });
  canvas.fill(brush(side(LOWER_LID), 5, 0.6), skin.deep, { soft: 1.6, opacity: 0.5 });
  canvas.fill(
    brush(
      side(LOWER_LID).map(([x, y]): Point => [x, y + 8]),
      10,
    ),
    skin.light,
    { soft: 4, opacity: 0.5 },
  );
  const fold = side([
    [CX - 84, Y - 10],
    [CX - 48, Y - 44],
    [CX + 6, Y - 58],
    [CX + 60, Y - 44],
    [CX + 104, Y - 2],
  ]);
  canvas.fill(brush(fold, 14), skin.shade, { soft: 5, opacity: 0.8, inside: face });
  canvas.fill(brush(fold, 5), skin.deep, { soft: 1.8, opacity: 0.6, inside: face });
}

function drawBrow(canvas: Canvas, person: DrawnPerson, side: Side): void {
  const hair = HAIR[person.hair];
  const dark = mix(hair.shade, SKIN[person.skin].deep, 0.35);
  const y = FACE.brow;
  const arch: readonly Point[] = [
    [CX - 100, y + 10],
    [CX - 50, y - 10],
    [CX + 20, y - 16],
    [CX + 80, y],
    [CX + 124, y + 36],
  ];
  const thick = person.figure === 'man' ? 34 : 22;
  canvas.fill(brush(side(arch), thick, 0.8), dark, { soft: 7, opacity: 0.55 });
  const next = numbersFrom(person.grain + 1);
  for (let i = 0; i < 46; i++) {
    const t = i / 45;
    const at = t * (arch.length - 1);
    const [x0, y0] = arch[Math.floor(at)] ?? [0, 0];
    const [x1, y1] = arch[Math.min(arch.length - 1, Math.floor(at) + 1)] ?? [x0, y0];
    const f = at - Math.floor(at);
    const x = x0 + (x1 - x0) * f + (next() - 0.5) * 8;
    const base =
      y0 + (y1 - y0) * f + (next() - 0.3) * thick * 0.6 * Math.sin(Math.PI * Math.min(0.9, t + 0.15));
    const strand: readonly Point[] = [
      [x - 8, base + 6],
      [x + 6, base - 5],
      [x + 24 + t * 8, base - 6 + t * 16],
    ];
    canvas.fill(brush(side(strand), 3.4), mix(dark, hair.light, 0.2 + next() * 0.6), { opacity: 0.7 });
  }
}
