import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rgbImage, greyImage, writePgm, writePpm } from '@buergerkoffer/formats';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { decodePhoto, uprightImage } from '../../../src/photo/index.js';
import { displayP3, madeProfile, nameTag, parametric, rgbTags, sampled } from './made-profile.js';

vi.setConfig({ testTimeout: 60_000 });

const CONVERT = '/usr/bin/convert';
const hasPeer = existsSync(CONVERT);
if (!hasPeer) console.info(`skipped: ${CONVERT} is not installed (Debian: imagemagick)`);
/** Debian's colord-data, where it is installed. */
const INSTALLED = '/usr/share/color/icc/colord';

const folder = mkdtempSync(join(tmpdir(), 'srgb-peer-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const SRGB_PRIMARIES = [
  [0.4360747, 0.2225045, 0.0139322],
  [0.3850649, 0.7168786, 0.0971045],
  [0.1430804, 0.0606169, 0.7141733],
] as const;
const ADOBE_PRIMARIES = [
  [0.6097559, 0.3111242, 0.0194811],
  [0.2052401, 0.625656, 0.0608902],
  [0.149224, 0.0632197, 0.7448387],
] as const;
const SRGB_CURVE = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
const SRGB = madeProfile(rgbTags('sRGB', SRGB_PRIMARIES, SRGB_CURVE));
const SRGB_GREY = greyProfile('Grey as sRGB has it, for the peer', SRGB_CURVE);
const SQUARES = sampled(...Array.from({ length: 1024 }, (_, at) => Math.round(65_535 * (at / 1023) ** 2)));

const MADE: readonly (readonly [string, Uint8Array])[] = [
  ['Display P3', displayP3()],
  ['Adobe RGB by its gamma', madeProfile(rgbTags('Adobe', ADOBE_PRIMARIES, sampled(563)))],
  ['a curve of a table', madeProfile(rgbTags('Table', ADOBE_PRIMARIES, SQUARES))],
  [
    'a curve of seven numbers',
    madeProfile(rgbTags('Seven', ADOBE_PRIMARIES, parametric(4, 2, 0.9, 0, 0.5, 0.2, 0.1, 0))),
  ],
  ['linear light', madeProfile(rgbTags('Linear', SRGB_PRIMARIES, sampled()))],
  ['grey with a gamma', greyProfile('Grey with a gamma of its own', sampled(460))],
  ['grey with the curve of a table', greyProfile('Grey with the curve of a table', SQUARES)],
];

function installedProfiles(): readonly (readonly [string, Uint8Array])[] {
  if (!existsSync(INSTALLED)) return [];
  return readdirSync(INSTALLED)
    .map((name) => [name, new Uint8Array(readFileSync(join(INSTALLED, name)))] as const)
    .filter(([, bytes]) => Buffer.from(bytes.subarray(12, 20)).toString('latin1') === 'mntrRGB ');
}

/** Not too short: libpng drops a profile that is compressed to a few bytes. */
function greyProfile(name: string, curve: Uint8Array): Uint8Array {
  return madeProfile(
    [
      ['desc', nameTag(name)],
      ['kTRC', curve],
    ],
    'GRAY',
  );
}

/** Every colour of 18 values for each channel, or every grey. */
function sourceFor(profile: Uint8Array): string {
  const isGrey = profile[16] === 'G'.charCodeAt(0);
  const path = join(folder, isGrey ? 'source.pgm' : 'source.ppm');
  const greys = Uint8Array.from({ length: 256 }, (_, value) => value);
  const colours = Uint8Array.from(
    { length: 18 ** 3 * 3 },
    (_, at) => 15 * (Math.floor(Math.floor(at / 3) / 18 ** (at % 3)) % 18),
  );
  const bytes = isGrey
    ? writePgm(greyImage({ width: 256, height: 1, data: greys }))
    : writePpm(rgbImage({ width: 18 ** 2, height: 18, data: colours }));
  writeFileSync(path, bytes);
  return path;
}

describe.skipIf(!hasPeer)('ImageMagick with lcms', () => {
  it.each([...MADE, ...installedProfiles()])('sees the colours of %s as we do', async (_, profile) => {
    const [icc, png] = [join(folder, 'own.icc'), join(folder, 'tagged.png')];
    writeFileSync(icc, profile);
    const source = sourceFor(profile);
    execFileSync(CONVERT, [source, '-profile', icc, png]);
    const { pixels } = await decodePhoto(new Uint8Array(readFileSync(png)));
    const { data } = uprightImage(pixels);
    const target = join(folder, 'srgb.icc');
    writeFileSync(target, source.endsWith('pgm') ? SRGB_GREY : SRGB);
    const raw = source.endsWith('pgm') ? 'gray:-' : 'rgb:-';
    const theirs = execFileSync(CONVERT, [
      png,
      '-intent',
      'relative',
      '-profile',
      target,
      '-depth',
      '16',
      '-endian',
      'MSB',
      raw,
    ]);
    expect(theirs.length).toBe(2 * data.length);
    // They have 16 bits.
    const faults = [...data].map((value, at) => Math.abs(value - theirs.readUInt16BE(2 * at) / 257));
    expect(Math.max(...faults)).toBeLessThan(2.5);
    expect(faults.reduce((sum, fault) => sum + fault, 0) / faults.length).toBeLessThan(0.3);
  });
});
