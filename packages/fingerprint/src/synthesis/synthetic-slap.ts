import type { Contact } from './contact.js';
import { between, type RandomSource } from './random-source.js';

/** How far the middles of two fingers beside each other are apart, in millimetres. */
const APART_MM = 20;
/** How far the fingertips of a hand reach beyond the index finger, in millimetres: thumb side first. */
const REACH_MM = [0, 6, 3.5, -8] as const;
/** Fingertips lie above the middle of the glass: the joint and what follows lie below. */
const RAISED_MM = 5;

/** Where and how turned one finger of a slap lies; how it is pressed is another matter. */
export type SlapPlace = Pick<Contact, 'offsetMm' | 'rotationDeg'>;

/**
 * How people lay down a finger of each hand, left to right, or four of one: two hands come from the sides and point
 * inwards, the fingers of one hand spread a little.
 */
export function slapPlaces(fingers: readonly string[], random: RandomSource): readonly SlapPlace[] {
  const isOneHand = new Set(fingers.map((finger) => finger.split('-')[0])).size === 1;
  const handTurn = isOneHand ? between(random, -8, 8) : 0;
  return fingers.map((finger, i) => {
    const fromMiddle = i - (fingers.length - 1) / 2;
    const fromThumb = finger.startsWith('right') ? i : fingers.length - 1 - i;
    const reach = isOneHand ? (REACH_MM[fromThumb] ?? 0) : 0;
    return {
      rotationDeg: isOneHand
        ? handTurn + 4 * fromMiddle + between(random, -2, 2)
        : -Math.sign(fromMiddle) * between(random, 2, 20),
      offsetMm: {
        x: APART_MM * fromMiddle + between(random, -0.5, 0.5),
        y: -RAISED_MM - reach + between(random, -1, 1),
      },
    };
  });
}
