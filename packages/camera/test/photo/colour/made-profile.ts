import { ByteWriter } from '@buergerkoffer/formats';

/** One tag of a profile: its name and content. */
export type ProfileTag = readonly [name: string, content: Uint8Array];

/** An ICC profile with these tags. */
export function madeProfile(tags: readonly ProfileTag[], space = 'RGB ', connection = 'XYZ '): Uint8Array {
  const directory = new ByteWriter().u32(tags.length);
  const contents = new ByteWriter();
  let at = 128 + 4 + 12 * tags.length;
  for (const [name, content] of tags) {
    const padded = Math.ceil(content.length / 4) * 4;
    directory.ascii(name).u32(at).u32(content.length);
    contents.bytes(content).bytes(new Uint8Array(padded - content.length));
    at += padded;
  }
  const header = new ByteWriter()
    .u32(at)
    .u32(0)
    .u32(0x0430_0000)
    .ascii('mntr')
    .ascii(space)
    .ascii(connection)
    .bytes(new Uint8Array(12))
    .ascii('acsp')
    .bytes(new Uint8Array(28))
    .bytes(fixed(0.9642, 1, 0.8249))
    .bytes(new Uint8Array(48));
  return header.bytes(directory.toBytes()).bytes(contents.toBytes()).toBytes();
}

/** The tags of an RGB profile with one curve for all. */
export function rgbTags(
  name: string,
  primaries: readonly [Triple, Triple, Triple],
  curve: Uint8Array,
): readonly ProfileTag[] {
  const [red, green, blue] = primaries;
  return [
    ['desc', nameTag(name)],
    ...(['rTRC', 'gTRC', 'bTRC'] as const).map((tag): ProfileTag => [tag, curve]),
    ['rXYZ', xyz(red)],
    ['gXYZ', xyz(green)],
    ['bXYZ', xyz(blue)],
    ['wtpt', xyz([0.9642, 1, 0.8249])],
  ];
}

type Triple = readonly [number, number, number];

/** Display P3 as phones write it: its primaries adapted to D50, the curve of sRGB. */
export function displayP3(): Uint8Array {
  const curve = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
  return madeProfile(
    rgbTags(
      'Display P3',
      [
        [0.51512, 0.2412, -0.00105],
        [0.29198, 0.69225, 0.04189],
        [0.1571, 0.06657, 0.78407],
      ],
      curve,
    ),
  );
}

/** A `para` of this function. */
export function parametric(type: number, ...numbers: readonly number[]): Uint8Array {
  return new ByteWriter()
    .ascii('para')
    .u32(0)
    .u16(type)
    .u16(0)
    .bytes(fixed(...numbers))
    .toBytes();
}

/** A `curv` of these 16-bit values: none is the identity, one a gamma in 256ths. */
export function sampled(...values: readonly number[]): Uint8Array {
  const writer = new ByteWriter().ascii('curv').u32(0).u32(values.length);
  for (const value of values) writer.u16(value);
  return writer.toBytes();
}

/** A `mluc` with the name in English. */
export function nameTag(name: string): Uint8Array {
  const writer = new ByteWriter()
    .ascii('mluc')
    .u32(0)
    .u32(1)
    .u32(12)
    .ascii('enUS')
    .u32(2 * name.length)
    .u32(28);
  for (const letter of name) writer.u16(letter.charCodeAt(0));
  return writer.toBytes();
}

function xyz(values: Triple): Uint8Array {
  return new ByteWriter()
    .ascii('XYZ ')
    .u32(0)
    .bytes(fixed(...values))
    .toBytes();
}

function fixed(...values: readonly number[]): Uint8Array {
  const writer = new ByteWriter();
  for (const value of values) writer.u32(Math.round(value * 65_536) >>> 0);
  return writer.toBytes();
}

/** The JPEG with the profile in `APP2`, in pieces of at most `pieceLength` bytes. */
export function withProfile(jpeg: Uint8Array, profile: Uint8Array, pieceLength = 65_000): Uint8Array {
  const count = Math.ceil(profile.length / pieceLength);
  const writer = new ByteWriter().bytes(jpeg.subarray(0, 2));
  for (let piece = 0; piece < count; piece += 1) {
    const part = profile.subarray(piece * pieceLength, (piece + 1) * pieceLength);
    writer
      .u16(0xffe2)
      .u16(part.length + 16)
      .ascii('ICC_PROFILE\0')
      .u8(piece + 1)
      .u8(count)
      .bytes(part);
  }
  return writer.bytes(jpeg.subarray(2)).toBytes();
}
