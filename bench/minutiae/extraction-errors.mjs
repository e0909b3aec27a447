// How far our minutiae are from those of FingerJetFX OSE in what NFIQ 2 takes from them, image by image:
// node bench/minutiae/extraction-errors.mjs (needs ../shared/data/fingerprint).
import { existsSync, readFileSync } from 'node:fs';
import process from 'node:process';
import { gunzipSync } from 'node:zlib';
import { readPnm } from '@buergerkoffer/formats';
import { analysePrint, OWN_MINUTIAE, qualityOf, readNistForest } from '@buergerkoffer/fingerprint/nfiq2';

const DATA = new URL('../../../shared/data/fingerprint/', import.meta.url);
if (!existsSync(DATA)) {
  console.error('../shared/data/fingerprint is not there');
  process.exit(1);
}

const MEASURES = {
  count: 'FingerJetFX_MinutiaeCount',
  centre: 'FingerJetFX_MinCount_COMMinRect200x200',
  dark: 'FJFXPos_Mu_MinutiaeQuality_2',
  certain: 'FJFXPos_OCL_MinutiaeQuality_80',
};

const { images } = JSON.parse(readFileSync(new URL('nfiq2/oracle.json', DATA), 'utf8'));
const forest = await readNistForest(readFileSync(new URL('nfiq2/nist_plain_tir-ink.yaml.gz', DATA)));

function imageOf(name) {
  for (const path of [`sfinge/${name}.pgm`, `fingerjetfx/${name}.pgm`, `nist-wsq/${name}.pgm.gz`]) {
    const file = new URL(`images/${path}`, DATA);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    return readPnm(path.endsWith('.gz') ? gunzipSync(bytes) : bytes);
  }
  throw new Error(`${name} is not there`);
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rows = [];
for (const [name, expected] of Object.entries(images)) {
  if (expected.measures === undefined) continue;
  const { measures, score } = qualityOf(analysePrint(imageOf(name)), { forest, minutiae: OWN_MINUTIAE });
  const row = { name, score: score - expected.score };
  const columns = [name.padEnd(14), `score ${score} (${expected.score})`.padEnd(16)];
  for (const [key, measure] of Object.entries(MEASURES)) {
    const [own, theirs] = [measures[measure], expected.measures[measure]];
    row[key] = own - theirs;
    row[`${key}Relative`] = Math.abs(own - theirs) / theirs;
    const digits = Number.isInteger(theirs) && theirs > 1 ? 0 : 2;
    columns.push(`${key} ${own.toFixed(digits)} (${theirs.toFixed(digits)})`.padEnd(20));
  }
  rows.push(row);
  console.log(columns.join(' '));
}

const within = (points) => rows.filter(({ score }) => Math.abs(score) <= points).length;
console.log(`${rows.length} images, ours (FingerJetFX OSE)`);
console.log(`count: mean error ${(100 * mean(rows.map((row) => row.countRelative))).toFixed(1)} %`);
console.log(
  `count about the centre: mean error ${(100 * mean(rows.map((row) => row.centreRelative))).toFixed(1)} %`,
);
console.log(
  `share of dark surroundings: mean error ${mean(rows.map((row) => Math.abs(row.dark))).toFixed(3)}`,
);
console.log(`share of certain flow: mean error ${mean(rows.map((row) => Math.abs(row.certain))).toFixed(3)}`);
const scoreErrors = rows.map(({ score }) => Math.abs(score));
console.log(
  `score: mean error ${mean(scoreErrors).toFixed(2)}, bias ${mean(rows.map(({ score }) => score)).toFixed(2)}, ` +
    `within 3: ${within(3)}, within 4: ${within(4)}, largest ${Math.max(...scoreErrors)}`,
);
