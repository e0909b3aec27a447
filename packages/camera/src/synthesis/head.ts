import type { Canvas } from './canvas.js';
import { FACE } from './face-map.js';
import { mix, SKIN } from './palette.js';
import { brush, closedCurve, ellipse, mirrored, type Path, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;

/** Both ears, half behind the face. */
export function drawEars(canvas: Canvas, person: DrawnPerson): void {
  const skin = SKIN[person.skin];
  const outer: readonly Point[] = [
    [X + 352, 690],
    [X + 412, 672],
    [X + 438, 730],
    [X + 428, 830],
    [X + 404, 930],
    [X + 372, 968],
    [X + 346, 900],
  ];
  const groove: readonly Point[] = [
    [X + 378, 712],
    [X + 414, 716],
    [X + 416, 800],
    [X + 394, 880],
  ];
  for (const side of [(p: readonly Point[]) => p, (p: readonly Point[]) => mirrored(p, X)]) {
    const ear = closedCurve(side(outer.map(([x, y]): Point => [X + (x - X) * person.breadth, y])));
    canvas.fill(ear, mix(skin.base, skin.blush, 0.25));
    canvas.fill(brush(side(groove), 26), skin.shade, { soft: 6, opacity: 0.8, inside: ear });
    canvas.fill(ellipse(side([[X + 374, 830]])[0] ?? [0, 0], 18, 60), skin.deep, {
      soft: 12,
      opacity: 0.45,
      inside: ear,
    });
  }
}

/** The face without its features: light from the upper left, shade on the right and under the cheekbones. */
export function drawHead(canvas: Canvas, person: DrawnPerson, face: Path): void {
  const skin = SKIN[person.skin];
  canvas.fill(face, {
    from: [300, 420],
    to: [980, 1150],
    colours: [mix(skin.base, skin.light, 0.55), skin.base],
  });
  const shade = (path: Path, opacity: number, soft: number, colour = skin.shade): void => {
    canvas.fill(path, colour, { opacity, soft, inside: face });
  };
  shade(
    brush(
      [
        [X + 330, 260],
        [X + 410, 640],
        [X + 370, 980],
        [X + 200, 1280],
      ],
      190,
      0.3,
    ),
    0.62,
    55,
  );
  shade(
    brush(
      [
        [X - 340, 280],
        [X - 420, 640],
        [X - 380, 980],
        [X - 220, 1280],
      ],
      130,
      0.3,
    ),
    0.42,
    48,
  );
  shade(
    brush(
      [
        [X - 200, 1290],
        [X, 1335],
        [X + 200, 1285],
      ],
      90,
      0.2,
    ),
    0.6,
    34,
  );
  for (const side of [-1, 1]) {
    const x = X + side * FACE.halfEyeDistance;
    shade(ellipse([x, FACE.eye - 26], 118, 62), 0.42, 30);
    shade(ellipse([x - side * 62, FACE.eye - 20], 36, 52), 0.4, 22);
    shade(ellipse([X + side * 262, 1010], 66, 130), 0.3, 42);
    shade(ellipse([X + side * 228, 925], 108, 84), 0.5, 44, skin.blush);
    shade(ellipse([X + side * 220, 880], 88, 46), 0.62, 32, skin.light);
  }
  shade(ellipse([X - 40, 480], 210, 110), 0.5, 64, skin.light);
  shade(ellipse([X, 1232], 88, 50), 0.45, 28, skin.light);
  shade(ellipse([X, 1190], 120, 20), 0.45, 16);
}
