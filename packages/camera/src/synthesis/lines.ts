import type { Canvas } from './canvas.js';
import { FACE } from './face-map.js';
import { SKIN } from './palette.js';
import { brush, mirrored, type Path, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

const X = FACE.axis;

/** A line of a life: its course on the right half, its breadth in drawing units, and how deep it is. */
interface Line {
  readonly course: readonly Point[];
  readonly breadth: number;
  readonly depth: number;
}

const BOTH_SIDES: readonly Line[] = [
  // From the nose to the corner of the mouth: smiling, for decades.
  {
    course: [
      [X + 92, 968],
      [X + 158, 1020],
      [X + 190, 1086],
      [X + 186, 1140],
    ],
    breadth: 15,
    depth: 0.62,
  },
  {
    course: [
      [X + 158, 1150],
      [X + 162, 1196],
      [X + 144, 1234],
    ],
    breadth: 10,
    depth: 0.26,
  },
  // Under the eyes.
  {
    course: [
      [X + 92, 796],
      [X + 150, 824],
      [X + 214, 812],
      [X + 246, 786],
    ],
    breadth: 10,
    depth: 0.5,
  },
  {
    course: [
      [X + 112, 826],
      [X + 168, 850],
      [X + 232, 834],
    ],
    breadth: 8,
    depth: 0.28,
  },
  // Crow's feet.
  {
    course: [
      [X + 272, 726],
      [X + 306, 708],
      [X + 336, 698],
    ],
    breadth: 7,
    depth: 0.5,
  },
  {
    course: [
      [X + 274, 744],
      [X + 310, 746],
      [X + 342, 742],
    ],
    breadth: 7,
    depth: 0.5,
  },
  {
    course: [
      [X + 268, 764],
      [X + 302, 782],
      [X + 330, 790],
    ],
    breadth: 7,
    depth: 0.45,
  },
  // Between the brows.
  {
    course: [
      [X + 30, 610],
      [X + 24, 650],
      [X + 30, 690],
    ],
    breadth: 8,
    depth: 0.3,
  },
  // The cheek.
  {
    course: [
      [X + 238, 1000],
      [X + 256, 1080],
      [X + 236, 1150],
    ],
    breadth: 9,
    depth: 0.28,
  },
];

const ACROSS: readonly Line[] = [
  {
    course: [
      [X - 215, 452],
      [X - 90, 430],
      [X + 80, 432],
      [X + 210, 456],
    ],
    breadth: 9,
    depth: 0.4,
  },
  {
    course: [
      [X - 235, 508],
      [X - 100, 488],
      [X + 90, 486],
      [X + 232, 510],
    ],
    breadth: 10,
    depth: 0.45,
  },
  {
    course: [
      [X - 190, 560],
      [X - 80, 546],
      [X + 70, 544],
      [X + 186, 562],
    ],
    breadth: 9,
    depth: 0.36,
  },
];

/** The lines of age: a soft shade, a thin line in it, and the light on the fold below. */
export function drawLines(canvas: Canvas, person: DrawnPerson, face: Path): void {
  const skin = SKIN[person.skin];
  const draw = ({ course, breadth, depth }: Line): void => {
    const opacity = depth * person.lines;
    canvas.fill(brush(course, breadth * 1.8), skin.shade, { soft: breadth * 0.7, opacity, inside: face });
    canvas.fill(brush(course, breadth * 0.42), skin.deep, {
      soft: 1.6,
      opacity: opacity * 0.62,
      inside: face,
    });
    const below = course.map(([x, y]): Point => [x, y + breadth]);
    canvas.fill(brush(below, breadth), skin.light, {
      soft: breadth * 0.5,
      opacity: opacity * 0.5,
      inside: face,
    });
  };
  for (const line of BOTH_SIDES) {
    draw(line);
    draw({ ...line, course: mirrored(line.course, X) });
  }
  for (const line of ACROSS) draw(line);
}
