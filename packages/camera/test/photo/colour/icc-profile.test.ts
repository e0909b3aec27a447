import { greyImage, InputError, rgbImage } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIccProfile } from '../../../src/photo/colour/icc-profile.js';
import { photoColours, type PhotoColours } from '../../../src/photo/colour/photo-colours.js';
import { displayP3, madeProfile, nameTag, parametric, rgbTags, sampled } from './made-profile.js';

type Colour = readonly [number, number, number];

const ADOBE_PRIMARIES = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
] as const;
const SRGB_PRIMARIES = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
] as const;

function ofProfile(bytes: Uint8Array, channels: 1 | 3 = 3): PhotoColours {
  return photoColours({ type: 'profile', bytes }, channels);
}

function inSrgb(colours: PhotoColours, colour: Colour): readonly number[] {
  if (colours.type !== 'convertible') throw new Error(`the colours are ${colours.type}`);
  return [...colours.toSrgb(rgbImage({ width: 1, height: 1, data: Uint8Array.from(colour) })).data];
}

// What lcms 2.14 says: `transicc -i PROFILE -o sRGB.icc -t 1 -n` with the sRGB of colord-data; beyond 0 to 255 clipped.
const BY_LCMS = [
  ['Display P3', displayP3(), [255, 0, 0], [255, 0, 0]],
  ['Display P3', displayP3(), [200, 150, 120], [209.21, 147.4, 114.84]],
  ['Display P3', displayP3(), [90, 60, 45], [95.27, 58.34, 42.1]],
  ['Display P3', displayP3(), [30, 200, 90], [0, 203.62, 72.97]],
  ['Display P3', displayP3(), [12, 20, 8], [9.65, 20.28, 6.73]],
  ['Display P3', displayP3(), [128, 128, 128], [128, 128, 128]],
  [
    'Adobe RGB',
    madeProfile(rgbTags('A', ADOBE_PRIMARIES, sampled(563))),
    [200, 150, 120],
    [217.25, 151.41, 119.27],
  ],
  [
    'Adobe RGB',
    madeProfile(rgbTags('A', ADOBE_PRIMARIES, sampled(563))),
    [90, 60, 45],
    [99.11, 57.42, 39.98],
  ],
  ['Adobe RGB', madeProfile(rgbTags('A', ADOBE_PRIMARIES, sampled(563))), [12, 20, 8], [0.68, 12.08, 1.17]],
  ['Adobe RGB', madeProfile(rgbTags('A', ADOBE_PRIMARIES, sampled(563))), [255, 255, 255], [255, 255, 255]],
] as const;

describe('an ICC profile of curves and a matrix', () => {
  it.each(BY_LCMS)('leads from %s to sRGB as lcms has it', (_, profile, colour, expected) => {
    const converted = inSrgb(ofProfile(profile), colour);
    converted.forEach((value, channel) => {
      expect(Math.abs(value - (expected[channel] ?? 0))).toBeLessThan(0.6);
    });
  });

  it('is sRGB whatever it is called, when it changes nothing', () => {
    const curve = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
    expect(ofProfile(madeProfile(rgbTags('My monitor', SRGB_PRIMARIES, curve)))).toEqual({ type: 'srgb' });
  });

  it('has the same curve as a table and as each function that can say it', () => {
    const squares = Array.from({ length: 4097 }, (_, at) => Math.round(65_535 * (at / 4096) ** 2));
    const curves = [
      sampled(512),
      sampled(...squares),
      parametric(0, 2),
      parametric(1, 2, 1, 0),
      parametric(2, 2, 1, 0, 0),
      parametric(3, 2, 1, 0, 0.5, 0),
      parametric(4, 2, 1, 0, 0.5, 0, 0, 0.9),
    ].map((curve) => ofProfile(madeProfile(rgbTags('x', SRGB_PRIMARIES, curve))));
    for (const colour of [
      [10, 100, 250],
      [77, 3, 140],
    ] as const)
      expect(new Set(curves.map((curve) => inSrgb(curve, colour).join()))).toHaveProperty('size', 1);
  });

  it('adds what a function of four or seven numbers adds, on its side of the bend', () => {
    const { model } = readIccProfile(
      madeProfile(rgbTags('x', SRGB_PRIMARIES, parametric(4, 1, 0.5, 0, 0.25, 0.5, 0.125, 0.0625))),
    );
    if (model.type !== 'rgb') throw new Error(model.type);
    const [curve] = model.space.curves;
    expect([0, 0.25, 0.5, 1].map(curve)).toEqual([0.0625, 0.125, 0.375, 0.625]);
  });

  it('says its name, without what a terminal would obey', () => {
    expect(readIccProfile(displayP3()).name).toBe('Display P3');
    const named = rgbTags('\u001b[2JA\u202eB', SRGB_PRIMARIES, sampled(512));
    expect(readIccProfile(madeProfile(named)).name).toBe('[2JAB');
    expect(readIccProfile(madeProfile(named.slice(1))).name).toBe('unnamed');
  });
});

describe('a grey profile', () => {
  const square = madeProfile(
    [
      ['desc', nameTag('Square')],
      ['kTRC', sampled(512)],
    ],
    'GRAY',
  );

  it('leads to the grey of sRGB', () => {
    const colours = ofProfile(square, 1);
    if (colours.type !== 'convertible') throw new Error(colours.type);
    const image = greyImage({ width: 3, height: 1, data: Uint8Array.of(0, 128, 255) });
    // sRGB of (128/255)^2.
    expect([...colours.toSrgb(image).data]).toEqual([0, 137, 255]);
  });

  it('gives a lightness where it leads to Lab', () => {
    const lightness = madeProfile([['kTRC', sampled()]], 'GRAY', 'Lab ');
    const colours = ofProfile(lightness, 1);
    if (colours.type !== 'convertible') throw new Error(colours.type);
    const image = greyImage({ width: 1, height: 1, data: Uint8Array.of(128) });
    // L* 50.2 has a luminance of 0.1858.
    expect([...colours.toSrgb(image).data]).toEqual([119]);
  });

  it('is not for a picture in colour', () => {
    expect(ofProfile(square)).toMatchObject({ type: 'unknown', reason: 'other-channels', profile: 'Square' });
  });
});

describe('colours are unknown', () => {
  it('where the profile has tables alone', () => {
    const tables = madeProfile([
      ['desc', nameTag('Scanner 7')],
      ['A2B0', new Uint8Array(64)],
    ]);
    expect(ofProfile(tables)).toEqual({ type: 'unknown', reason: 'table-profile', profile: 'Scanner 7' });
  });

  it('where the profile is for CMYK', () => {
    const press = madeProfile([['desc', nameTag('Press')]], 'CMYK', 'Lab ');
    expect(ofProfile(press)).toMatchObject({ reason: 'other-channels', profile: 'Press' });
  });

  it('where the profile is cut off anywhere before its last number', () => {
    const profile = displayP3();
    for (let length = 0; length < profile.length - 20; length += 1)
      expect(ofProfile(profile.subarray(0, length)), `${length} bytes`).toMatchObject({
        reason: 'damaged-profile',
      });
  });

  it('where all lights of the profile together make no white', () => {
    const none = [0, 0, 0] as const;
    expect(ofProfile(madeProfile(rgbTags('Night', [none, none, none], sampled(563))))).toMatchObject({
      reason: 'damaged-profile',
    });
  });

  it('or they are converted, whatever bytes a profile has', () => {
    const profile = displayP3();
    const changes = fc.array(fc.tuple(fc.nat(profile.length - 1), fc.nat(255)), { maxLength: 12 });
    fc.assert(
      fc.property(changes, fc.constantFrom(1 as const, 3 as const), (changed, channels) => {
        const bytes = profile.slice();
        for (const [at, value] of changed) bytes[at] = value;
        expect(['srgb', 'convertible', 'unknown']).toContain(ofProfile(bytes, channels).type);
      }),
    );
  });

  it('or the reading ends with an offset, whatever bytes there are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        try {
          readIccProfile(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});
