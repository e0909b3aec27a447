import { InputError } from '@buergerkoffer/formats';
import { between, type RandomSource } from './random-source.js';

/** How a finger lies on the glass. */
export interface Contact {
  /** 0 barely touching, 0.5 as it should be, 1 pressed hard. */
  readonly pressure: number;
  /** 0 dry (ridges break up), 0.5 as it should be, 1 wet (valleys fill up). */
  readonly moisture: number;
  /** 0 crisp ridges, 1 ridges worn away in patches; where they lie belongs to the skin. */
  readonly wear: number;
  /** Turn of the print, clockwise, in degrees. */
  readonly rotationDeg: number;
  /** Where the middle of the finger lies, from the middle of the glass, in millimetres to the right and down. */
  readonly offsetMm: { readonly x: number; readonly y: number };
}

/** Refuses a contact that no finger can have with `InputError('out-of-range')` and the path of the value. */
export function checkContact(contact: Partial<Contact>): void {
  const { pressure = 0, moisture = 0, wear = 0, rotationDeg = 0, offsetMm = { x: 0, y: 0 } } = contact;
  within(pressure, 0, 1, 'pressure');
  within(moisture, 0, 1, 'moisture');
  within(wear, 0, 1, 'wear');
  within(rotationDeg, -360, 360, 'rotationDeg');
  within(offsetMm.x, -100, 100, 'offsetMm.x');
  within(offsetMm.y, -100, 100, 'offsetMm.y');
}

function within(value: number, low: number, high: number, path: string): void {
  if (value >= low && value <= high) return;
  throw new InputError('out-of-range', `${path} is not between ${low} and ${high}`, { path });
}

/** A finger laid down as a patient person does it: each touch differs a little. */
export function ordinaryContact(random: RandomSource): Contact {
  return {
    pressure: between(random, 0.46, 0.58),
    moisture: between(random, 0.42, 0.56),
    wear: between(random, 0, 0.15),
    rotationDeg: 5 * Math.min(Math.max(random.normal(), -2.4), 2.4),
    offsetMm: { x: between(random, -0.6, 0.6), y: between(random, -0.6, 0.8) },
  };
}

/** Part of a finger that prints by itself: the fingertip, or the part between its two creases. */
export type Phalanx = 'distal' | 'middle';

/** Half the length of the print of a middle phalanx, in millimetres. */
export const MIDDLE_HALF_LENGTH_MM = 9.5;

/**
 * How far inside the print the point (x, y) of the finger lies, in millimetres from the middle: 1 in the middle,
 * 0 on the outline, negative outside. Harder pressure makes the print larger.
 */
export function insidePrint(pressure: number, x: number, y: number, phalanx: Phalanx = 'distal'): number {
  if (phalanx === 'middle') {
    const across = Math.abs(x) / (6.2 + 2.4 * pressure);
    const along = Math.abs(y) / MIDDLE_HALF_LENGTH_MM;
    return 1 - (across ** 4 + along ** 4) ** (1 / 4);
  }
  const halfWidth = 7 + 2.6 * pressure;
  const u = Math.abs(x) / halfWidth;
  if (y < 0) return 1 - Math.sqrt(u * u + (y / (10.2 + 2.6 * pressure)) ** 2);
  const v = y / jointDistanceMm(pressure);
  return 1 - (u ** 2.6 + v ** 2.6) ** (1 / 2.6);
}

/** From the middle of a fingertip to where its print ends above the crease of the joint, in millimetres. */
export function jointDistanceMm(pressure: number): number {
  return 9.8 + 2.8 * pressure;
}
