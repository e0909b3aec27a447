import { closedCurve, symmetric, type Path, type Point } from './path.js';
import type { DrawnPerson } from './person.js';

/**
 * Where things are in a drawn face, in drawing units of 1244 x 1600. Crown (150) to chin (1310) is 72.5 % of the
 * height and the eyes are 336 apart, as an ID photo wants it (BSI TR-03121-3 Vol. 2 v6.0, table 5.3).
 */
export const FACE = {
  axis: 622,
  crown: 150,
  hairline: 325,
  brow: 632,
  eye: 735,
  halfEyeDistance: 168,
  noseTip: 962,
  mouth: 1108,
  chin: 1310,
  halfWidth: 382,
} as const;

/** The outline of the face from crown to chin. */
export function faceOutline(person: DrawnPerson): Path {
  const jaw = person.figure === 'man' ? 1.05 : 0.97;
  const right: readonly (readonly [half: number, y: number])[] = [
    [0, FACE.crown],
    [190, 182],
    [318, 300],
    [372, 480],
    [380, 680],
    [366, 860],
    [326 * jaw, 1040],
    [244 * jaw, 1195],
    [132 * jaw, 1284],
    [0, FACE.chin],
  ];
  return closedCurve(
    symmetric(
      right.map(([half, y]): Point => [FACE.axis + half * person.breadth, y]),
      FACE.axis,
    ),
  );
}
