import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawnPerson, portraitPhoto } from '@buergerkoffer/camera/simulator';
import { decodePng, greyOf } from '@buergerkoffer/formats';
import { readDocumentApplication, type DocumentApplication } from '@buergerkoffer/procedures/model';
import { runDemo, type DemoOptions } from '../src/index.js';
import { emptyFolder } from './support/folders.js';
import { rings, smallPictures } from './support/pictures.js';

const SLOW_MACHINE = { timeout: 120_000 };
const DATA = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

/** Runs a visit and answers with the images that the Fachverfahren received, by name. */
async function imagesOf(options: DemoOptions): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = await emptyFolder();
  const out = join(folder, 'out');
  const result = await runDemo({ ...options, out, state: join(folder, 'state') }, () => undefined);
  expect(result.outcome).toBe('delivered');
  const names = await readdir(join(out, 'images'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(out, 'images', name))] as const)),
  );
}

/** Runs a visit and answers with the application that the Fachverfahren received. */
async function applicationOf(options: DemoOptions): Promise<DocumentApplication> {
  const folder = await emptyFolder();
  const out = join(folder, 'out');
  await runDemo({ ...options, out, state: join(folder, 'state') }, () => undefined);
  const json: unknown = JSON.parse(await readFile(join(out, 'application.json'), 'utf8'));
  return readDocumentApplication(json);
}

/** The JPEG with an Exif segment that says: turn it by 90 degrees (orientation 6, big-endian TIFF with one entry). */
function turned(jpeg: Uint8Array): Uint8Array {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
  const exif = [...Buffer.from('Exif\0\0', 'latin1'), ...tiff];
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return Buffer.concat([jpeg.subarray(0, 2), Buffer.from(segment), jpeg.subarray(2)]);
}

function hashes(images: ReadonlyMap<string, Uint8Array>): readonly string[] {
  return [...images]
    .map(([name, bytes]) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`)
    .sort();
}

/** Grey pixels of a PNG that the visit made of a finger. */
async function pixels(images: ReadonlyMap<string, Uint8Array>, name: string) {
  return greyOf(await decodePng(images.get(name) ?? new Uint8Array()));
}

describe('the seed', SLOW_MACHINE, () => {
  it('decides every picture, and another seed makes other pictures', async () => {
    const [first, again, other] = await Promise.all([
      imagesOf({ seed: 7 }),
      imagesOf({ seed: 7 }),
      imagesOf({ seed: 8 }),
    ]);
    expect(first.size).toBe(4);
    expect(hashes(again)).toEqual(hashes(first));
    for (const hash of hashes(other)) expect(hashes(first)).not.toContain(hash);
  });
});

describe('the photo of the drawn person', SLOW_MACHINE, () => {
  it('is judged by its criteria', async () => {
    const { photo } = await applicationOf({ seed: 7 });
    expect(photo.image.quality).toMatchObject({ algorithm: 'buergerkoffer-photo-qa', verdict: 'good' });
  });
});

describe('own pictures', SLOW_MACHINE, () => {
  it('may lie on their side: a photo that its camera stored turned is placed upright', async () => {
    const folder = await emptyFolder();
    const photo = join(folder, 'turned.jpg');
    await writeFile(photo, turned(portraitPhoto(drawnPerson(3)).bytes));
    const application = await applicationOf({ ...(await smallPictures(folder)), photo });
    expect(application.photo.image).toMatchObject({ widthPx: 1600, heightPx: 1244 });
  });

  it('reach the Fachverfahren as they are: the photo byte for byte, the fingers pixel for pixel', async () => {
    const folder = await emptyFolder();
    const pictures = await smallPictures(folder);
    const images = await imagesOf(pictures);

    expect(images.get('lichtbild.png')).toEqual(await readFile(pictures.photo));
    const right = await pixels(images, 'finger-right-index.png');
    expect(Buffer.compare(right.data, rings(240, 320, 9).data)).toBe(0);
    expect(right.resolutionPpi).toBe(500);
    const left = await pixels(images, 'finger-left-index.png');
    expect(Buffer.compare(left.data, rings(240, 320, 11).data)).toBe(0);
  });

  it('may be raw and gzipped when their size is given', async () => {
    const folder = await emptyFolder();
    const print = rings(200, 300, 10);
    const fingerRight = join(folder, 'print.raw.gz');
    await writeFile(fingerRight, gzipSync(print.data));
    const images = await imagesOf({
      ...(await smallPictures(folder)),
      fingerRight,
      fingerSize: '200x300',
    });
    const { data } = await pixels(images, 'finger-right-index.png');
    expect(Buffer.compare(data, print.data)).toBe(0);
  });
});

const given = existsSync(join(DATA, 'camera', 'photo', 'astronaut.png'));
if (!given)
  console.warn('images.test.ts: ../shared/data is not there; the visit with published pictures is skipped');

describe.skipIf(!given)('published pictures', SLOW_MACHINE, () => {
  it.each([
    ['sfinge', 'pgm'],
    ['nist-wsq', 'pgm.gz'],
  ])('of %s make a whole visit with a real portrait', async (set, ending) => {
    const folder = join(DATA, 'fingerprint', 'images', set);
    const files = (await readdir(folder)).filter((name) => /\.(pgm|png)(\.gz)?$/.test(name)).sort();
    const [right = '', left = ''] = files;
    expect(right.endsWith(ending) || right.endsWith('png')).toBe(true);
    const photo = join(DATA, 'camera', 'photo', 'astronaut.png');
    const images = await imagesOf({
      photo,
      fingerRight: join(folder, right),
      fingerLeft: join(folder, left),
    });
    expect(images.get('lichtbild.png')).toEqual(await readFile(photo));
    expect([...images.keys()].sort()).toContain('finger-left-index.png');
  });
});
