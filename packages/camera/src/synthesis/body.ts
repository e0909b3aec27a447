import type { Canvas, Paint } from './canvas.js';
import { FACE } from './face-map.js';
import { CLOTH, LINEN, mix, SKIN } from './palette.js';
import { brush, closedCurve, ellipse, mirrored, symmetric, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;
const NECK = symmetric(
  [
    [X, 1120],
    [X + 205, 1120],
    [X + 206, 1300],
    [X + 212, 1400],
    [X + 226, 1500],
    [X + 150, 1640],
    [X, 1700],
  ],
  X,
);
const SHOULDERS = symmetric(
  [
    [X, 1500],
    [X + 180, 1440],
    [X + 330, 1432],
    [X + 500, 1500],
    [X + 640, 1590],
    [X + 760, 1760],
    [X, 1800],
  ],
  X,
);

/** Neck, shoulders and what the person wears. */
export function drawBody(canvas: Canvas, person: DrawnPerson): void {
  const skin = SKIN[person.skin];
  const cloth = CLOTH[person.colour];
  const neck = closedCurve(NECK);
  const shoulders = closedCurve(SHOULDERS);
  canvas.fill(shoulders, woolPaint(person));
  canvas.fill(neck, {
    from: [420, 1300],
    to: [840, 1300],
    colours: [skin.base, mix(skin.base, skin.shade, 0.7)],
  });
  canvas.fill(ellipse([X + 10, 1250], 300, 130), skin.deep, { soft: 45, opacity: 0.55, inside: neck });
  for (const side of [-1, 1]) {
    canvas.fill(
      brush(
        [
          [X + side * 120, 1330],
          [X + side * 92, 1420],
          [X + side * 40, 1520],
        ],
        26,
      ),
      skin.shade,
      {
        soft: 8,
        opacity: 0.45,
      },
    );
  }
  CLOTHES[person.clothes](canvas, person);
  canvas.fill(ellipse([1130, 1600], 200, 220), cloth.shade, { soft: 60, opacity: 0.7, inside: shoulders });
}

const CLOTHES: Readonly<Record<DrawnPerson['clothes'], (canvas: Canvas, person: DrawnPerson) => void>> = {
  cardigan: (canvas, person) => {
    drawCollar(canvas, 'round');
    const cloth = CLOTH[person.colour];
    eachSide((side) => {
      drawWool(canvas, person, side);
      const front = closedCurve(
        side([
          [X + 210, 1420],
          [X + 300, 1440],
          [X + 250, 1530],
          [X + 120, 1640],
          [X + 40, 1700],
          [X + 10, 1640],
          [X + 120, 1560],
        ]),
      );
      canvas.fill(front, cloth.shade, { soft: 12, opacity: 0.5 });
      canvas.fill(front, cloth.base);
      for (let rib = 0; rib < 5; rib++) {
        const points: readonly Point[] = [
          [X + 228 + rib * 13, 1432],
          [X + 160 + rib * 16, 1545],
          [X + 40 + rib * 18, 1640],
        ];
        canvas.fill(brush(side(points), 3, 0), cloth.shade, { soft: 1.5, opacity: 0.5 });
      }
    });
  },
  shirt: (canvas, person) => {
    drawCollar(canvas, 'pointed', CLOTH[person.colour]);
  },
  pullover: (canvas, person) => {
    drawCollar(canvas, 'pointed');
    const cloth = CLOTH[person.colour];
    eachSide((side) => {
      drawWool(canvas, person, side);
      const neckline = side([
        [X + 300, 1436],
        [X + 200, 1545],
        [X + 60, 1650],
        [X - 30, 1700],
      ]);
      canvas.fill(brush(neckline, 62, 0), cloth.shade, { soft: 10, opacity: 0.5 });
      canvas.fill(brush(neckline, 52, 0), cloth.base);
      canvas.fill(brush(neckline, 4, 0), cloth.light, { soft: 1.5, opacity: 0.6 });
    });
  },
};

/** The wool beside the opening at the neck, from the shoulder down. */
function drawWool(canvas: Canvas, person: DrawnPerson, side: Side): void {
  const wool = side([
    [X + 262, 1436],
    [X + 232, 1530],
    [X + 60, 1660],
    [X + 20, 1720],
    [X + 330, 1720],
    [X + 320, 1434],
  ]);
  canvas.fill(wool, woolPaint(person));
}

function woolPaint(person: DrawnPerson): Paint {
  const { light, base } = CLOTH[person.colour];
  return { from: [180, 1430], to: [1080, 1620], colours: [light, base] };
}

function drawCollar(canvas: Canvas, cut: 'round' | 'pointed', tones = LINEN): void {
  canvas.fill(
    closedCurve([
      [X - 250, 1440],
      [X - 130, 1540],
      [X, 1600],
      [X + 130, 1540],
      [X + 250, 1440],
      [X + 290, 1720],
      [X - 290, 1720],
    ]),
    tones.base,
  );
  canvas.fill(
    brush(
      [
        [X, 1570],
        [X + 2, 1640],
        [X, 1700],
      ],
      5,
      0,
    ),
    tones.shade,
  );
  eachSide((side) => {
    const outline: readonly Point[] =
      cut === 'pointed'
        ? [
            [X + 226, 1352],
            [X + 262, 1420],
            [X + 250, 1520],
            [X + 196, 1640],
            [X + 120, 1610],
            [X + 4, 1582],
            [X + 90, 1525],
            [X + 190, 1440],
          ]
        : [
            [X + 226, 1362],
            [X + 286, 1430],
            [X + 278, 1530],
            [X + 180, 1600],
            [X + 60, 1610],
            [X + 2, 1568],
            [X + 100, 1520],
            [X + 190, 1440],
          ];
    const collar = cut === 'pointed' ? side(outline) : closedCurve(side(outline));
    canvas.fill(collar, tones.shade, { soft: 14, opacity: 0.7 });
    canvas.fill(collar, { from: [X, 1380], to: [X, 1640], colours: [tones.light, tones.base] });
    canvas.fill(
      brush(
        side([
          [X + 206, 1390],
          [X + 170, 1470],
          [X + 80, 1545],
        ]),
        10,
      ),
      tones.shade,
      {
        soft: 5,
        opacity: 0.6,
      },
    );
  });
}

type Side = (points: readonly Point[]) => readonly Point[];

/** Draws the right half, then the same in the mirror. */
function eachSide(draw: (side: Side) => void): void {
  draw((points) => points);
  draw((points) => mirrored(points, X));
}
