import type { Canvas } from './canvas.js';
import { FACE } from './face-map.js';
import { mix, SKIN } from './palette.js';
import { brush, closedCurve, ellipse, type Path } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;
const TIP = FACE.noseTip;

/** The nose: a ridge in the light, a shaded side, wings and nostrils. */
export function drawNose(canvas: Canvas, person: DrawnPerson, face: Path): void {
  const skin = SKIN[person.skin];
  const lay = (
    path: Path,
    colour: readonly [number, number, number],
    opacity: number,
    soft: number,
  ): void => {
    canvas.fill(path, colour, { opacity, soft, inside: face });
  };
  lay(
    brush(
      [
        [X + 44, 680],
        [X + 50, 800],
        [X + 76, 930],
      ],
      60,
      0.4,
    ),
    skin.shade,
    0.5,
    20,
  );
  lay(
    brush(
      [
        [X - 44, 690],
        [X - 52, 810],
        [X - 74, 930],
      ],
      44,
      0.4,
    ),
    skin.shade,
    0.34,
    18,
  );
  lay(
    brush(
      [
        [X - 8, 660],
        [X - 8, 800],
        [X - 8, 930],
      ],
      44,
      0.2,
    ),
    skin.light,
    0.75,
    13,
  );
  lay(ellipse([X, TIP - 18], 62, 52), mix(skin.base, skin.blush, 0.35), 0.6, 20);
  lay(ellipse([X - 14, TIP - 34], 26, 20), skin.light, 0.9, 12);
  for (const side of [-1, 1]) {
    lay(ellipse([X + side * 72, TIP - 4], 36, 38), mix(skin.base, skin.blush, 0.25), 0.6, 12);
    lay(
      brush(
        [
          [X + side * 98, TIP - 42],
          [X + side * 112, TIP - 2],
          [X + side * 88, TIP + 30],
        ],
        15,
      ),
      skin.deep,
      0.42,
      5,
    );
    lay(
      closedCurve([
        [X + side * 26, TIP + 24],
        [X + side * 52, TIP + 10],
        [X + side * 78, TIP + 20],
        [X + side * 54, TIP + 32],
      ]),
      skin.deep,
      0.72,
      5,
    );
  }
  lay(
    brush(
      [
        [X - 92, TIP + 26],
        [X - 40, TIP + 40],
        [X, TIP + 46],
        [X + 40, TIP + 40],
        [X + 92, TIP + 26],
      ],
      20,
    ),
    skin.shade,
    0.75,
    7,
  );
  lay(ellipse([X + 6, TIP + 74], 60, 26), skin.shade, 0.4, 14);
}

/** A closed mouth with a friendly line; the corners are raised a little. */
export function drawMouth(canvas: Canvas, person: DrawnPerson, face: Path): void {
  const skin = SKIN[person.skin];
  const y = FACE.mouth;
  const half = person.figure === 'woman' ? 122 : 130;
  const full = person.figure === 'woman' ? 1 : 0.8;
  const tint = person.figure === 'woman' ? skin.lips : mix(skin.lips, skin.base, 0.35);
  const upper = closedCurve([
    [X - half, y - 18],
    [X - 62, y - 22 * full],
    [X - 20, y - 34 * full],
    [X, y - 27 * full],
    [X + 20, y - 34 * full],
    [X + 62, y - 22 * full],
    [X + half, y - 18],
    [X + 60, y + 8],
    [X, y + 14],
    [X - 60, y + 8],
  ]);
  const lower = closedCurve([
    [X - half + 8, y - 13],
    [X - 60, y + 7],
    [X, y + 13],
    [X + 60, y + 7],
    [X + half - 8, y - 13],
    [X + 70, y + 36 * full],
    [X, y + 50 * full],
    [X - 70, y + 36 * full],
  ]);
  canvas.fill(lower, tint, { soft: 3, opacity: 0.78, inside: face });
  canvas.fill(upper, mix(tint, skin.deep, 0.22), { soft: 3, opacity: 0.82, inside: face });
  canvas.fill(ellipse([X - 10, y + 25 * full], 56, 10), skin.light, { soft: 8, opacity: 0.5, inside: face });
  canvas.fill(
    brush(
      [
        [X - half - 12, y - 32],
        [X - 76, y + 2],
        [X - 18, y + 10],
        [X, y + 14],
        [X + 18, y + 10],
        [X + 76, y + 2],
        [X + half + 12, y - 32],
      ],
      9,
      0.7,
    ),
    mix(skin.deep, tint, 0.2),
    { soft: 1.8, opacity: 0.85, inside: face },
  );
  for (const side of [-1, 1]) {
    canvas.fill(ellipse([X + side * (half + 16), y - 28], 16, 20), skin.shade, {
      soft: 8,
      opacity: 0.7,
      inside: face,
    });
  }
  canvas.fill(ellipse([X, y + 66], 84, 16), skin.shade, { soft: 12, opacity: 0.5, inside: face });
  for (const side of [-1, 1]) {
    canvas.fill(
      brush(
        [
          [X + side * 20, TIP + 62],
          [X + side * 24, y - 44],
        ],
        14,
        0.3,
      ),
      skin.light,
      { soft: 6, opacity: 0.4, inside: face },
    );
  }
  canvas.fill(
    brush(
      [
        [X, TIP + 60],
        [X, y - 42],
      ],
      20,
      0.3,
    ),
    skin.shade,
    { soft: 8, opacity: 0.36, inside: face },
  );
}
