import { InputError } from '@buergerkoffer/formats';
import type { Assets, PictureAsset, PictureName } from '../definition.js';
import type { Sheet } from '../pdf/sheet.js';
import type { Flow } from './flow.js';

/** How the same layout is put on paper. */
export interface Variant {
  /** No data were given: places to fill in by hand, or at the screen where also `fillable`. */
  readonly blank: boolean;
  /** Values are interactive fields; how long a value can be at most, where the form says so. */
  readonly fillable: false | { maxLength(name: string): number | undefined };
}

/** What blocks are painted with: the sheet, the place on it, and the pictures. */
export class Canvas {
  readonly sheet: Sheet;
  readonly flow: Flow;
  readonly variant: Variant;
  readonly #assets: Assets;
  readonly #used = new Set<string>();

  constructor(sheet: Sheet, flow: Flow, assets: Assets, variant: Variant) {
    this.sheet = sheet;
    this.flow = flow;
    this.variant = variant;
    this.#assets = assets;
  }

  /** The picture that the layout asks for, none in a blank form. @throws InputError `missing` with path `assets.NAME`. */
  picture(name: PictureName): PictureAsset | undefined {
    const picture = this.#assets[name];
    if (picture === undefined) {
      if (this.variant.blank) return undefined;
      throw new InputError('missing', `the form shows the picture "${name}"`, { path: `assets.${name}` });
    }
    this.#used.add(name);
    return picture;
  }

  /** Nothing when every picture given was placed. @throws InputError `not-allowed` with the path of one that was not. */
  refuseUnusedPictures(): void {
    for (const name of Object.keys(this.#assets)) {
      if (!this.#used.has(name)) {
        throw new InputError('not-allowed', `these data give the picture "${name}" no place`, {
          path: `assets.${name}`,
        });
      }
    }
  }
}
