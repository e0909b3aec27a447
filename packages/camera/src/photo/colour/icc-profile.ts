import { ByteReader, InputError } from '@buergerkoffer/formats';
import { profileName } from './profile-name.js';
import { applied, ofColumns, type Row } from './matrix.js';
import type { RgbSpace } from './rgb-space.js';
import { readToneCurve, type ToneCurve } from './tone-curve.js';

/** What an ICC profile says about the colours of a picture. */
export interface IccProfile {
  /** What it calls itself, at most 60 characters; `unnamed` where it does not. */
  readonly name: string;
  readonly model: ColourModel;
}

/** How the values of a picture become colours. */
export type ColourModel =
  | { readonly type: 'rgb'; readonly space: RgbSpace }
  /** One value for the lightness: Y, 0 to 1, of each. */
  | { readonly type: 'grey'; readonly curve: ToneCurve }
  /** A table in place of curves and a matrix, or other colours than grey and RGB. */
  | { readonly type: 'table' | 'other'; readonly space: string };

const SIGNATURE = fourCharacters('acsp');
const XYZ = fourCharacters('XYZ ');
const TABLES = ['A2B0', 'A2B1', 'D2B0', 'D2B1'].map(fourCharacters);
const HEADER_BYTES = 128;
/** Profiles have about 10 to 30. */
const MAX_TAGS = 200;
/** How far the luminance of all three lights may be from 1: a picture would come out dark, or all white. */
const MAX_WHITE_ERROR = 0.2;
/** L* of a curve's 0 to 1. */
const MAX_LIGHTNESS = 100;

/**
 * Reads an ICC profile of version 2 or 4 (ICC.1:2022), as far as the colours of matrix/TRC RGB and grey profiles need it. RGB
 * that also has tables is read by its matrix, which is colorimetric.
 *
 * `InputError` `truncated`, `malformed`, `missing`, `unsupported` or `too-large` with the offset in the profile.
 */
export function readIccProfile(bytes: Uint8Array): IccProfile {
  const header = new ByteReader(bytes);
  header.skip(16);
  const space = header.ascii(4);
  const isLab = header.ascii(4) === 'Lab ';
  header.skip(12);
  if (header.u32() !== SIGNATURE)
    throw new InputError('malformed', 'this is no ICC profile', { offset: header.offset - 4 });
  const tags = new ProfileTags(bytes);
  return { name: profileName(tags.find('desc')), model: modelOf(tags, space, isLab) };
}

function modelOf(tags: ProfileTags, space: string, isLab: boolean): ColourModel {
  if (space === 'GRAY') {
    const curve = readToneCurve(tags.get('kTRC'));
    return { type: 'grey', curve: isLab ? (value) => luminanceOf(MAX_LIGHTNESS * curve(value)) : curve };
  }
  if (space !== 'RGB ') return { type: 'other', space: space.trim() };
  if (!tags.has('rXYZ') && tags.hasTable()) return { type: 'table', space: 'RGB' };
  const toXyz = ofColumns(readXyz(tags.get('rXYZ')), readXyz(tags.get('gXYZ')), readXyz(tags.get('bXYZ')));
  const [, white] = applied(toXyz, [1, 1, 1]);
  if (Math.abs(white - 1) > MAX_WHITE_ERROR)
    throw new InputError('malformed', 'the primaries of the profile make no white', { offset: HEADER_BYTES });
  const curves = [
    readToneCurve(tags.get('rTRC')),
    readToneCurve(tags.get('gTRC')),
    readToneCurve(tags.get('bTRC')),
  ] as const;
  return { type: 'rgb', space: { toXyz, curves } };
}

/** The directory of a profile and what it points to. */
class ProfileTags {
  readonly #bytes: Uint8Array;
  readonly #places = new Map<number, { readonly at: number; readonly length: number }>();

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    const reader = new ByteReader(bytes);
    reader.skip(HEADER_BYTES);
    const count = reader.u32();
    if (count > MAX_TAGS)
      throw new InputError('too-large', `the profile has ${count} tags`, { offset: HEADER_BYTES });
    for (let tag = 0; tag < count; tag += 1)
      this.#places.set(reader.u32(), { at: reader.u32(), length: reader.u32() });
  }

  has(name: string): boolean {
    return this.#places.has(fourCharacters(name));
  }

  hasTable(): boolean {
    return TABLES.some((table) => this.#places.has(table));
  }

  find(name: string): ByteReader | undefined {
    const place = this.#places.get(fourCharacters(name));
    if (place === undefined) return undefined;
    const reader = new ByteReader(this.#bytes);
    reader.skip(place.at);
    return reader.sub(place.length);
  }

  get(name: string): ByteReader {
    const found = this.find(name);
    if (found === undefined)
      throw new InputError('missing', `the profile has no ${name}`, { offset: HEADER_BYTES });
    return found;
  }
}

function readXyz(tag: ByteReader): Row {
  if (tag.u32() !== XYZ) throw new InputError('malformed', 'a primary is no XYZ', { offset: tag.offset - 4 });
  tag.skip(4);
  return [tag.i32() / 65_536, tag.i32() / 65_536, tag.i32() / 65_536];
}

/** Y of a lightness L* (CIE 15). */
function luminanceOf(lightness: number): number {
  return lightness > 8 ? ((lightness + 16) / 116) ** 3 : lightness / 903.3;
}

function fourCharacters(text: string): number {
  return new ByteReader(new TextEncoder().encode(text)).u32();
}
