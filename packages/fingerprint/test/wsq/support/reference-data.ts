import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { readPnm, type GreyImage } from '@buergerkoffer/formats';

/** The data folder that lies beside the repository. */
const DATA = new URL('../../../../../../shared/data/fingerprint/', import.meta.url);

/** Whether the reference files are there; says so where they are not. */
export function hasReferenceData(): boolean {
  if (existsSync(DATA)) return true;
  console.info('skipped: ../shared/data/fingerprint is not there');
  return false;
}

/** NIST's images by the bit rate of their reference file. */
export function referenceNames(): readonly (readonly [rate: '0.75' | '2.25', name: string])[] {
  if (!hasReferenceData()) return [];
  const names = readdirSync(new URL('wsq/bitrate-0.75/', DATA)).map((file) => file.replace('.wsq', ''));
  return names.flatMap((name) => [['0.75', name] as const, ['2.25', name] as const]);
}

/** NIST's reference file. */
export function referenceFile(rate: string, name: string): Uint8Array {
  return read(`wsq/bitrate-${rate}/${name}.wsq`);
}

/** The pixels that NBIS decodes from it. */
export function reconstruction(rate: string, name: string): Uint8Array {
  return gunzipSync(read(`wsq/reconstruction-${rate}/${name}.raw.gz`));
}

/** The image before compression. */
export function original(name: string): GreyImage {
  return readPnm(gunzipSync(read(`images/nist-wsq/${name}.pgm.gz`))) as GreyImage;
}

/** A file with filters of other lengths, and the pixels that NBIS decodes from it. */
export function nonStandard(name: string): { readonly file: Uint8Array; readonly pixels: Uint8Array } {
  const file = read(`wsq/nonstandard-filters/${name}.wsq`);
  return { file, pixels: gunzipSync(read(`wsq/nonstandard-filters/${name}.raw.gz`)) };
}

/** A file with a comment, by another encoder, and its picture by another decoder. */
export function specialDatabase14(): { readonly file: Uint8Array; readonly picture: Uint8Array } {
  const folder = 'iso19794/sourceafis/';
  return { file: read(`${folder}wsq-original.wsq`), picture: read(`${folder}wsq-converted.png`) };
}

/** A print of the other sets. */
export function print(path: string): GreyImage {
  return readPnm(read(path)) as GreyImage;
}

/** How many values of two lists of one length are equal, as a share, and how far the farthest two are apart. */
export function compare(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): { readonly equal: number; readonly farthest: number } {
  if (a.length !== b.length) return { equal: 0, farthest: Infinity };
  let different = 0;
  let farthest = 0;
  for (let at = 0; at < a.length; at += 1) {
    const distance = Math.abs((a[at] ?? 0) - (b[at] ?? 0));
    if (distance === 0) continue;
    different += 1;
    farthest = Math.max(farthest, distance);
  }
  return { equal: 1 - different / a.length, farthest };
}

function read(path: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(path, DATA)));
}
