import type { Canvas, Rgb } from './canvas.js';
import { FACE } from './face-map.js';
import { mix } from './palette.js';
import { brush, closedCurve, mirrored, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;
const CX = X + FACE.halfEyeDistance + 4;
const Y = FACE.eye + 14;

const FRAME: Readonly<
  Record<
    'round' | 'rectangular',
    { readonly rim: Rgb; readonly width: number; readonly shape: readonly Point[] }
  >
> = {
  round: {
    rim: [166, 132, 84],
    width: 9,
    shape: Array.from({ length: 16 }, (_, i): Point => {
      const angle = (i * Math.PI) / 8;
      return [CX + 126 * Math.cos(angle), Y + 112 * Math.sin(angle)];
    }),
  },
  rectangular: {
    rim: [84, 66, 62],
    width: 11,
    shape: [
      [CX - 128, Y - 62],
      [CX - 60, Y - 84],
      [CX + 70, Y - 84],
      [CX + 138, Y - 66],
      [CX + 140, Y + 10],
      [CX + 112, Y + 72],
      [CX + 20, Y + 86],
      [CX - 84, Y + 78],
      [CX - 126, Y + 26],
    ],
  },
};

/** The arms of the glasses; they go under the hair and over the ears. */
export function drawGlassesArms(canvas: Canvas, person: DrawnPerson): void {
  if (person.glasses === 'none') return;
  const arm: readonly Point[] = [
    [CX + 122, Y - 42],
    [X + 340 * person.breadth, Y - 48],
    [X + 396 * person.breadth, Y - 36],
  ];
  for (const side of SIDES) wire(canvas, side(arm), person.glasses);
}

/** Glasses with a thin frame that covers no eye, and a faint light in the lenses. */
export function drawGlasses(canvas: Canvas, person: DrawnPerson): void {
  if (person.glasses === 'none') return;
  for (const side of SIDES) {
    const lens = closedCurve(side(FRAME[person.glasses].shape));
    const [x] = side([[CX, Y]])[0] ?? [CX];
    canvas.fill(lens, [236, 244, 250], { opacity: 0.07 });
    canvas.fill(
      brush(
        [
          [x - 96, Y + 30],
          [x - 70, Y + 58],
          [x - 30, Y + 72],
        ],
        16,
      ),
      [255, 255, 255],
      { soft: 5, opacity: 0.28 },
    );
    wire(canvas, [...lens, lens[0] ?? [0, 0]], person.glasses);
  }
  wire(canvas, BRIDGE, person.glasses);
}

const BRIDGE: readonly Point[] = [
  [X - 50, Y - 12],
  [X - 24, Y - 34],
  [X + 24, Y - 34],
  [X + 50, Y - 12],
];
const SIDES = [
  (points: readonly Point[]): readonly Point[] => points,
  (points: readonly Point[]): readonly Point[] => mirrored(points, X),
];

/** A piece of the frame, its shadow on the skin and the light on it. */
function wire(canvas: Canvas, points: readonly Point[], kind: keyof typeof FRAME): void {
  const { rim, width } = FRAME[kind];
  const moved = (dx: number, dy: number): readonly Point[] => points.map(([x, y]): Point => [x + dx, y + dy]);
  canvas.fill(brush(moved(3, 9), width, 0), [90, 60, 50], { soft: 6, opacity: 0.35 });
  canvas.fill(brush(points, width, 0), mix(rim, [0, 0, 0], 0.45));
  canvas.fill(brush(moved(-1, -1.5), width * 0.55, 0), rim);
}
