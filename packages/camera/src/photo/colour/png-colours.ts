import { ByteReader, inflateAtMost, InputError } from '@buergerkoffer/formats';
import {
  BT2020_PRIMARIES,
  P3_PRIMARIES,
  rgbSpace,
  SRGB_PRIMARIES,
  type Chromaticity,
  type Primaries,
} from './rgb-space.js';
import type { StatedColours } from './stated-colours.js';
import { powerCurve, SRGB_CURVE, type ToneCurve } from './tone-curve.js';

const SIGNATURE_BYTES = 8;
const CRC_BYTES = 4;
/** The largest profile that is read, in bytes. */
const MAX_PROFILE_BYTES = 4 * 1024 * 1024;
/** Numbers of `gAMA` and `cHRM` count hundred-thousandths. */
const UNIT = 100_000;
/** What is written for the curve of sRGB. */
const SRGB_GAMMA = 1 / 2.2;

/** Primaries and curves by their numbers in ITU-T H.273, as far as photos have them. */
const PRIMARIES: ReadonlyMap<number, Primaries> = new Map([
  [1, SRGB_PRIMARIES],
  [9, BT2020_PRIMARIES],
  [12, P3_PRIMARIES],
]);
const CURVES: ReadonlyMap<number, ToneCurve> = new Map([
  [4, powerCurve(2.2)],
  [8, (value) => value],
  [13, SRGB_CURVE],
]);

/**
 * The colours of a PNG that `decodePng` has read, from the chunks before its pixels: cICP, iCCP, sRGB, gAMA with cHRM, the first
 * of them that is there (PNG, third edition, 4.3).
 */
export async function pngColours(bytes: Uint8Array): Promise<StatedColours> {
  const chunks = chunksBeforePixels(bytes);
  const coding = chunks.get('cICP');
  if (coding !== undefined) return ofCoding(coding);
  const profile = chunks.get('iCCP');
  if (profile !== undefined) return ofProfile(profile);
  const [gamma, chromaticities] = [chunks.get('gAMA'), chunks.get('cHRM')];
  if (chunks.has('sRGB') || (gamma === undefined && chromaticities === undefined)) return { type: 'srgb' };
  return ofNumbers(gamma, chromaticities);
}

function chunksBeforePixels(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const reader = new ByteReader(bytes);
  reader.skip(SIGNATURE_BYTES);
  const chunks = new Map<string, Uint8Array>();
  for (;;) {
    const length = reader.u32();
    const type = reader.ascii(4);
    if (type === 'IDAT') return chunks;
    chunks.set(type, reader.bytes(length));
    reader.skip(CRC_BYTES);
  }
}

function ofCoding(data: Uint8Array): StatedColours {
  const [primaries = 0, transfer = 0] = data;
  const [lights, curve] = [PRIMARIES.get(primaries), CURVES.get(transfer)];
  const name = `cICP ${primaries}/${transfer}`;
  if (lights === undefined || curve === undefined) return { type: 'uncalibrated', name };
  return { type: 'space', name, space: rgbSpace(lights, curve) };
}

/** A name that ends with zero, the method, which is 0, and the compressed profile. */
async function ofProfile(data: Uint8Array): Promise<StatedColours> {
  try {
    // Where it is cut off, what is missing of the profile says whether it is of use.
    const { bytes } = await inflateAtMost(data.subarray(data.indexOf(0) + 2), MAX_PROFILE_BYTES);
    return { type: 'profile', bytes };
  } catch (error) {
    if (error instanceof InputError) return { type: 'damaged-profile' };
    throw error;
  }
}

function ofNumbers(gamma: Uint8Array | undefined, chromaticities: Uint8Array | undefined): StatedColours {
  try {
    const primaries =
      chromaticities === undefined ? SRGB_PRIMARIES : primariesOf(new ByteReader(chromaticities));
    const exponent = gamma === undefined ? SRGB_GAMMA : new ByteReader(gamma).u32() / UNIT;
    if (exponent === 0 || primaries === undefined) return { type: 'uncalibrated', name: 'gAMA and cHRM' };
    const curve = Math.abs(exponent - SRGB_GAMMA) < 0.005 ? SRGB_CURVE : powerCurve(1 / exponent);
    return { type: 'space', name: 'gAMA and cHRM', space: rgbSpace(primaries, curve) };
  } catch (error) {
    if (error instanceof InputError) return { type: 'uncalibrated', name: 'gAMA and cHRM' };
    throw error;
  }
}

/** White, red, green, blue; `undefined` where one of them is no light. */
function primariesOf(reader: ByteReader): Primaries | undefined {
  const places = Array.from({ length: 4 }, (): Chromaticity => [reader.u32() / UNIT, reader.u32() / UNIT]);
  const [white, red, green, blue] = places;
  if (white === undefined || red === undefined || green === undefined || blue === undefined) return undefined;
  const areaOf = (red[0] - blue[0]) * (green[1] - blue[1]) - (green[0] - blue[0]) * (red[1] - blue[1]);
  const areLights = places.every(([x, y]) => y > 0.001 && x + y <= 1.0001);
  return areLights && Math.abs(areaOf) > 0.001 ? { white, red, green, blue } : undefined;
}
