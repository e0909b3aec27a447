import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng, readPnm, writePpm, type DecodedImage, type RgbImage } from '@buergerkoffer/formats';
import { afterAll, describe, expect, it } from 'vitest';
import { loadCodecs } from '../../src/codecs/index.js';
import { CHIP_BYTES, encodeChip, halved } from '../../src/photo/index.js';
import { drawnPerson, drawPortrait } from '../../src/simulator/index.js';
import { hasSharedData, sharedFile } from '../shared-data.js';

const hasPeer = spawnSync('opj_compress', ['-h']).error === undefined;
if (!hasPeer) console.info('skipped: opj_compress is not installed (Debian: libopenjp2-tools)');

const folder = mkdtempSync(join(tmpdir(), 'chip-peer-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function psnr(a: DecodedImage, b: DecodedImage): number {
  const squares = a.data.reduce((sum, value, at) => sum + (value - (b.data[at] ?? 0)) ** 2, 0);
  return 10 * Math.log10(255 ** 2 / (squares / a.data.length));
}

/** The pixels of a JP2 as opj_decompress sees them. */
async function decompressed(jp2: string): Promise<DecodedImage> {
  const png = join(folder, 'decompressed.png');
  execFileSync('opj_decompress', ['-i', jp2, '-o', png], { stdio: 'ignore' });
  return decodePng(new Uint8Array(readFileSync(png)));
}

async function pictures(): Promise<readonly (readonly [string, DecodedImage])[]> {
  const drawn = ['a drawn portrait', halved(drawPortrait(drawnPerson(5)))] as const;
  if (!hasSharedData) return [drawn];
  return [drawn, ['the portrait of the data', await decodePng(sharedFile('iso19794/face-622x800.png'))]];
}

const PICTURES = await pictures();

describe.skipIf(!hasPeer)('the chip of OpenJPEG’s programs', () => {
  it.each(PICTURES)(
    'reads ours, and is no better at the same size: %s',
    async (_, image) => {
      const { bytes } = await encodeChip(image, loadCodecs().jpeg2000);
      const ours = join(folder, 'ours.jp2');
      writeFileSync(ours, bytes);
      const theirs = join(folder, 'theirs.jp2');
      const source = join(folder, 'source.ppm');
      if (image.channels !== 3) throw new Error('no colour');
      writeFileSync(source, writePpm(image satisfies RgbImage));
      const ratio = String(image.data.length / CHIP_BYTES.max);
      execFileSync('opj_compress', ['-i', source, '-o', theirs, '-r', ratio, '-I'], { stdio: 'ignore' });
      expect(statSync(theirs).size).toBeLessThanOrEqual(CHIP_BYTES.max);
      const [own, peer] = [psnr(await decompressed(ours), image), psnr(await decompressed(theirs), image)];
      expect(own).toBeGreaterThan(peer - 0.05);
      expect(Buffer.compare(readPnm(new Uint8Array(readFileSync(source))).data, image.data)).toBe(0);
    },
    60_000,
  );
});
