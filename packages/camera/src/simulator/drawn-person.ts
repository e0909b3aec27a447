import { seededRandom } from '@buergerkoffer/core/simulation';
import type { DrawnPerson } from '../synthesis/person.js';

/** The invented person of `seed`: the same seed is the same face. */
export function drawnPerson(seed: number): DrawnPerson {
  const random = seededRandom(seed).fork('person');
  const figure = random.pick(['woman', 'man'] as const);
  const skin = random.pick(['fair', 'rosy', 'fair', 'olive', 'brown'] as const);
  const eyes = random.pick(['blue', 'brown', 'green', 'grey'] as const);
  return {
    figure,
    skin,
    eyes: skin === 'brown' ? 'brown' : eyes,
    hair: random.pick(['white', 'silver', 'grey'] as const),
    hairstyle:
      figure === 'woman'
        ? random.pick(['waves', 'bob', 'short'] as const)
        : random.pick(['short', 'crown'] as const),
    glasses: random.pick(['none', 'round', 'rectangular'] as const),
    clothes: random.pick(['cardigan', 'shirt', 'pullover'] as const),
    colour: random.pick(['navy', 'plum', 'moss', 'rust', 'teal'] as const),
    breadth: 0.96 + random.next() * 0.08,
    lines: 0.55 + random.next() * 0.45,
    grain: random.integer(0, 0xffff_ffff),
  };
}
