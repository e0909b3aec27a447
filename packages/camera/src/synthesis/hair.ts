import type { Canvas } from './canvas.js';
import { FACE } from './face-map.js';
import { HAIR_SHAPES, type HairShape } from './hair-shape.js';
import { numbersFrom } from './noise.js';
import { HAIR, mix, SKIN, type Tones } from './palette.js';
import { brush, closedCurve, openCurve, symmetric, type Path, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

/** Strands in a full head of hair. */
const STRANDS = 210;

/** The mass of hair behind head and neck. */
export function drawHairBehind(canvas: Canvas, person: DrawnPerson): void {
  const { behind } = HAIR_SHAPES[person.hairstyle];
  if (behind === undefined) return;
  const hair = HAIR[person.hair];
  const mass = closedCurve(symmetric(behind, FACE.axis));
  canvas.fill(mass, mix(hair.shade, hair.base, 0.45), { soft: 5 });
}

/** The hair around the face: its shadow on the skin, its body, and strands that follow it. */
export function drawHairInFront(canvas: Canvas, person: DrawnPerson, face: Path): void {
  const skin = SKIN[person.skin];
  const hair = HAIR[person.hair];
  const next = numbersFrom(person.grain + 2);
  for (const shape of HAIR_SHAPES[person.hairstyle].front) {
    const course = courseOf(shape);
    const body = outlineOf(course);
    const shadow = body.map(([x, y]): Point => [x, y + 16]);
    canvas.fill(shadow, skin.deep, { soft: 16, opacity: 0.42, inside: face });
    canvas.fill(
      body,
      {
        from: [230, 200],
        to: [1040, 900],
        colours: [mix(hair.base, hair.light, 0.3), mix(hair.base, hair.shade, 0.4)],
      },
      { soft: 5 },
    );
    drawStrands(canvas, course, shape, hair, next);
  }
}

/** A strand position: `along` 0 to 1 from end to end, `depth` 0 at the outer to 1 at the inner course. */
type Course = (along: number, depth: number) => Point;

function courseOf(shape: HairShape): Course {
  const outer = openCurve(shape.outer);
  const inner = openCurve(shape.inner);
  return (along, depth) => {
    const [ox, oy] = pointOf(outer, along);
    const [ix, iy] = pointOf(inner, along);
    return [ox + (ix - ox) * depth, oy + (iy - oy) * depth];
  };
}

function pointOf(path: Path, along: number): Point {
  const at = Math.min(1, Math.max(0, along)) * (path.length - 1);
  const [x0, y0] = path[Math.floor(at)] ?? [0, 0];
  const [x1, y1] = path[Math.ceil(at)] ?? [x0, y0];
  const f = at - Math.floor(at);
  return [x0 + (x1 - x0) * f, y0 + (y1 - y0) * f];
}

function outlineOf(course: Course): Path {
  const ends = Array.from({ length: 121 }, (_, i) => i / 120);
  return [...ends.map((t) => course(t, 0)), ...ends.toReversed().map((t) => course(t, 1))];
}

function drawStrands(
  canvas: Canvas,
  course: Course,
  shape: HairShape,
  hair: Tones,
  next: () => number,
): void {
  const count = Math.round((STRANDS * shape.outer.length) / 12);
  for (let i = 0; i < count; i++) {
    const end = next() < shape.parting ? 0 : 1;
    const reach = Math.abs(end - shape.parting);
    const from = shape.parting + (end - shape.parting) * next() * 0.75;
    const length = reach * (0.25 + next() * 0.4) * Math.sign(end - from);
    const depth = next() * 1.04 - 0.03;
    const phase = next() * Math.PI * 2;
    const points = Array.from({ length: 9 }, (_, k): Point => {
      const along = from + (length * k) / 8;
      const swing =
        shape.waves *
        0.07 *
        Math.sin(phase * 0.25 + along * 46) *
        Math.min(1, Math.abs(along - shape.parting) * 8);
      return course(along, depth + swing + (k / 8) * 0.06);
    });
    const lit = next();
    const colour = lit > 0.42 ? mix(hair.base, hair.light, lit) : mix(hair.base, hair.shade, 0.9 - lit);
    canvas.fill(brush(points, 4 + next() * 9), colour, { opacity: 0.3 + next() * 0.3 });
  }
}
