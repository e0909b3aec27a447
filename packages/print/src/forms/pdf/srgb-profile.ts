/** D50 and what sRGB's primaries are under it (IEC 61966-2-1, adapted by the Bradford matrix of ICC.1:2004-10, annex E). */
const WHITE = [0.9642, 1, 0.82491];
const PRIMARIES = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};
const ADAPTATION = [1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01707, -0.00925, 0.01508, 0.75168];
/** Y = (aX + b)^g above d, cX below it (IEC 61966-2-1, 5.2): g, a, b, c, d. */
const CURVE = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];

const HEADER_SIZE = 128;

/** The sRGB colour space as an ICC profile (ICC.1:2004-10, version 4.2): a display of three primaries, in 600 bytes. */
export function srgbProfile(): Uint8Array<ArrayBuffer> {
  const curve = parametricCurve(CURVE);
  const tags: readonly (readonly [signature: string, data: Uint8Array])[] = [
    ['desc', text('sRGB IEC61966-2.1')],
    ['cprt', text('CC0')],
    ['wtpt', numbers('XYZ ', WHITE)],
    ['chad', numbers('sf32', ADAPTATION)],
    ...Object.entries(PRIMARIES).map(([signature, xyz]) => [signature, numbers('XYZ ', xyz)] as const),
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const offsets = new Map<Uint8Array, number>();
  let size = HEADER_SIZE + 4 + tags.length * 12;
  for (const [, data] of tags) {
    if (offsets.has(data)) continue;
    offsets.set(data, size);
    size += data.length;
  }
  const profile = new Uint8Array(size);
  const view = new DataView(profile.buffer);
  writeHeader(view);
  view.setUint32(HEADER_SIZE, tags.length);
  for (const [index, [signature, data]] of tags.entries()) {
    const entry = HEADER_SIZE + 4 + index * 12;
    const offset = offsets.get(data) ?? 0;
    writeSignature(view, entry, signature);
    view.setUint32(entry + 4, offset);
    view.setUint32(entry + 8, data.length);
    profile.set(data, offset);
  }
  return profile;
}

/** Size, version, class, colour spaces, magic number and illuminant (7.2). */
function writeHeader(view: DataView): void {
  view.setUint32(0, view.byteLength);
  view.setUint32(8, 0x0420_0000);
  for (const [offset, signature] of [
    [12, 'mntr'],
    [16, 'RGB '],
    [20, 'XYZ '],
    [36, 'acsp'],
  ] as const) {
    writeSignature(view, offset, signature);
  }
  for (const [index, part] of [2000, 1, 1].entries()) view.setUint16(24 + index * 2, part);
  for (const [index, part] of WHITE.entries()) view.setInt32(68 + index * 4, fixed(part));
}

/** `XYZ ` and `sf32`: numbers of sixteen bits and as many of fraction (10.28, 10.19). */
function numbers(type: string, values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + values.length * 4));
  writeSignature(view, 0, type);
  for (const [index, value] of values.entries()) view.setInt32(8 + index * 4, fixed(value));
  return new Uint8Array(view.buffer);
}

/** `para` of type 3 (10.15). */
function parametricCurve(parameters: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(12 + parameters.length * 4));
  writeSignature(view, 0, 'para');
  view.setUint16(8, 3);
  for (const [index, value] of parameters.entries()) view.setInt32(12 + index * 4, fixed(value));
  return new Uint8Array(view.buffer);
}

/** `mluc` with one record in English, padded to four bytes (10.13). */
function text(content: string): Uint8Array {
  const view = new DataView(new ArrayBuffer(28 + ((content.length * 2 + 3) & ~3)));
  writeSignature(view, 0, 'mluc');
  view.setUint32(8, 1);
  view.setUint32(12, 12);
  writeSignature(view, 16, 'enUS');
  view.setUint32(20, content.length * 2);
  view.setUint32(24, 28);
  for (let at = 0; at < content.length; at++) view.setUint16(28 + at * 2, content.charCodeAt(at));
  return new Uint8Array(view.buffer);
}

function fixed(value: number): number {
  return Math.round(value * 0x1_0000);
}

function writeSignature(view: DataView, offset: number, signature: string): void {
  for (let at = 0; at < 4; at++) view.setUint8(offset + at, signature.charCodeAt(at));
}
