import { checkContact, ordinaryContact, type Contact } from './contact.js';
import { growFinger, type FingerSkin } from './finger-skin.js';
import type { RandomSource } from './random-source.js';
import type { PatternClass } from './ridge-flow.js';
import type { LaidFinger } from './slap-image.js';
import { slapPlaces } from './synthetic-slap.js';

/** What the fingers of a hand have in common. */
export interface HandTraits {
  /** How many folds and scars each finger carries. Default 3. */
  readonly creases?: number;
  /** What is special about every touch; the rest is as {@link ordinaryContact} has it. */
  readonly contact?: Partial<Contact>;
}

/** The fingers of a person who does not exist, grown when first needed and kept. */
export class SyntheticHands {
  readonly #random: RandomSource;
  readonly #traits: HandTraits;
  readonly #skins = new Map<string, FingerSkin>();
  readonly #touches = new Map<string, number>();

  /** A contact that no finger can have is `InputError('out-of-range')`. */
  constructor(random: RandomSource, traits: HandTraits = {}) {
    checkContact(traits.contact ?? {});
    this.#random = random;
    this.#traits = traits;
  }

  /** The skin of `finger`, a name such as `right-index`: the same at every call. */
  skin(finger: string): FingerSkin {
    const known = this.#skins.get(finger);
    if (known !== undefined) return known;
    const random = this.#random.fork(finger);
    const pattern = likelyPattern(finger.startsWith('right'), random.fork('pattern').next());
    const skin = growFinger({ pattern, creases: this.#traits.creases ?? 3 }, random);
    this.#skins.set(finger, skin);
    return skin;
  }

  /** The skin below the joint of `finger`, which lies on a glass that is large enough. */
  skinBelow(finger: string): FingerSkin {
    const name = `${finger}, middle phalanx`;
    const known = this.#skins.get(name);
    if (known !== undefined) return known;
    const creases = this.#traits.creases ?? 3;
    const skin = growFinger({ pattern: 'arch', phalanx: 'middle', creases }, this.#random.fork(name));
    this.#skins.set(name, skin);
    return skin;
  }

  /** Lays `finger` down once more: where and how it lies this time, and the grain of images of this touch. */
  touch(finger: string): { readonly contact: Contact; readonly grain: RandomSource } {
    const count = (this.#touches.get(finger) ?? 0) + 1;
    this.#touches.set(finger, count);
    const random = this.#random.fork(`${finger}, touch ${count}`);
    return {
      contact: { ...ordinaryContact(random), ...this.#traits.contact },
      grain: random.fork('image'),
    };
  }

  /** Lays several fingers down together once more, left to right, those of `missing` not. */
  slap(
    fingers: readonly string[],
    missing: readonly string[] = [],
  ): { readonly laid: readonly LaidFinger[]; readonly grain: RandomSource } {
    const name = fingers.join(' + ');
    const count = (this.#touches.get(name) ?? 0) + 1;
    this.#touches.set(name, count);
    const random = this.#random.fork(`${name}, touch ${count}`);
    const places = slapPlaces(fingers, random.fork('places'));
    const laid = fingers.flatMap((finger, i) => {
      const place = places[i];
      if (place === undefined || missing.includes(finger)) return [];
      const contact = { ...ordinaryContact(random.fork(finger)), ...place, ...this.#traits.contact };
      return [
        {
          tip: this.skin(finger),
          below: this.skinBelow(finger),
          contact: { ...contact, offsetMm: place.offsetMm },
        },
      ];
    });
    return { laid, grain: random.fork('image') };
  }
}

/** The class at `share` of a hand's fingers: about 60 % ulnar loops, 5 % radial loops, 29 % whorls, 6 % arches. */
function likelyPattern(right: boolean, share: number): PatternClass {
  if (share < 0.6) return right ? 'right-loop' : 'left-loop';
  if (share < 0.65) return right ? 'left-loop' : 'right-loop';
  if (share < 0.94) return 'whorl';
  return share < 0.97 ? 'tented-arch' : 'arch';
}
