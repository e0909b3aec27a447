import { InputError, type ByteReader } from '@buergerkoffer/formats';

/** Linear light, 0 to 1, of a stored value from 0 to 1. */
export type ToneCurve = (value: number) => number;

const CURVE = 0x63757276;
const PARAMETRIC = 0x70617261;
/** Numbers of each function of a parametric curve (ICC.1:2022, table 68). */
const PARAMETERS = [1, 3, 4, 5, 7] as const;
/** The largest table in an ICC profile that makes sense: one value for each of 16 bits. */
const MAX_ENTRIES = 65_536;

/** Reads a `curv` or `para` (ICC.1:2022, 10.6 and 10.18). Another type is `InputError('unsupported')`. */
export function readToneCurve(tag: ByteReader): ToneCurve {
  const { offset } = tag;
  const type = tag.u32();
  tag.skip(4);
  if (type === CURVE) return sampledCurve(tag);
  if (type === PARAMETRIC) return parametricCurve(tag);
  throw new InputError('unsupported', 'a tone curve is neither sampled nor parametric', { offset });
}

function sampledCurve(tag: ByteReader): ToneCurve {
  const { offset } = tag;
  const count = tag.u32();
  if (count > MAX_ENTRIES) throw new InputError('too-large', `a tone curve has ${count} values`, { offset });
  if (count === 0) return (value) => value;
  if (count === 1) return powerCurve(tag.u16() / 256);
  const samples = Float64Array.from({ length: count }, () => tag.u16() / 65_535);
  return (value) => {
    const place = value * (count - 1);
    const index = Math.min(count - 2, Math.floor(place));
    const [low, high] = [samples[index] ?? 0, samples[index + 1] ?? 0];
    return low + (high - low) * (place - index);
  };
}

function parametricCurve(tag: ByteReader): ToneCurve {
  const { offset } = tag;
  const count = PARAMETERS[tag.u16()];
  if (count === undefined) throw new InputError('unsupported', 'an unknown parametric curve', { offset });
  tag.skip(2);
  const given = Array.from({ length: count }, () => tag.i32() / 65_536);
  const [g = 1, a = 1, b = 0] = given;
  if (count <= 3) return pieces({ g, a, b, c: 0, d: -b / a, e: 0, f: 0 });
  const [, , , c = 0, d = 0, e = 0, f = 0] = given;
  // With four numbers the third is what is added, above and below the bend.
  if (count === 4) return pieces({ g, a, b, c: 0, d: -b / a, e: c, f: c });
  return pieces({ g, a, b, c, d, e, f });
}

/** A straight line up to `d` and a power above it. */
interface Pieces {
  readonly g: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

function pieces({ g, a, b, c, d, e, f }: Pieces): ToneCurve {
  return (value) => clamped(value >= d ? Math.max(0, a * value + b) ** g + e : c * value + f);
}

/** The curve of a display with this gamma. */
export function powerCurve(gamma: number): ToneCurve {
  return (value) => value ** gamma;
}

/** The curve of sRGB (IEC 61966-2-1). */
export const SRGB_CURVE: ToneCurve = pieces({
  g: 2.4,
  a: 1 / 1.055,
  b: 0.055 / 1.055,
  c: 1 / 12.92,
  d: 0.04045,
  e: 0,
  f: 0,
});

function clamped(value: number): number {
  return value > 0 ? Math.min(1, value) : 0;
}
