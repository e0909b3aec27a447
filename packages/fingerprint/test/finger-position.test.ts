import { expect, it } from 'vitest';
import { FINGER_CODE, FINGER_POSITIONS, fingerOfCode, isFingerPosition } from '@buergerkoffer/fingerprint';

it('numbers the right hand 1 to 5 and the left hand 6 to 10, thumb first', () => {
  expect(FINGER_POSITIONS.map((position) => FINGER_CODE[position])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(FINGER_CODE['right-index']).toBe(2);
  expect(FINGER_CODE['left-index']).toBe(7);
});

it('finds the finger of each code and none for unknown fingers and slaps', () => {
  for (const position of FINGER_POSITIONS) expect(fingerOfCode(FINGER_CODE[position])).toBe(position);
  for (const code of [0, 11, 13, 46]) expect(fingerOfCode(code)).toBeUndefined();
});

it('knows the ten names and nothing that objects happen to have', () => {
  expect(FINGER_POSITIONS.every(isFingerPosition)).toBe(true);
  for (const name of ['right', 'Right-index', 'constructor', '']) expect(isFingerPosition(name)).toBe(false);
});
