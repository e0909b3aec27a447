// The published images of ../shared/data/fingerprint with what the reference of NFIQ 2 says of them, and NIST's forest.
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { readPnm } from '@buergerkoffer/formats';
import { readNistForest } from '@buergerkoffer/fingerprint/nfiq2';

export const DATA = new URL('../../../shared/data/fingerprint/', import.meta.url);
if (!existsSync(DATA)) {
  console.error('../shared/data/fingerprint is not there');
  process.exit(1);
}

const { images } = JSON.parse(readFileSync(new URL('nfiq2/oracle.json', DATA), 'utf8'));

/** Names of the images that the reference scores, each with its measures and its score. */
export const references = Object.entries(images).filter(([, { measures }]) => measures !== undefined);

export const forest = await readNistForest(readFileSync(new URL('nfiq2/nist_plain_tir-ink.yaml.gz', DATA)));

export function imageOf(name) {
  for (const path of [`sfinge/${name}.pgm`, `fingerjetfx/${name}.pgm`, `nist-wsq/${name}.pgm.gz`]) {
    const file = new URL(`images/${path}`, DATA);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    return readPnm(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
  throw new Error(`${name} is not there`);
}
