// Trains the embedded estimate, writes it, and says how far off it is: `node train.mjs MODEL SAMPLES…`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { MEASURE_NAMES, readNistForest, scoreOf } from '@buergerkoffer/fingerprint/nfiq2';
import { predict, train } from './network.mjs';

const [model, ...files] = argv.slice(2);
const AUGMENTED = 120_000;
const OPTIONS = {
  units: 48,
  epochs: 20,
  rate: 3e-3,
  decay: 1e-4,
  noise: 0.05,
};
const random = seededRandom(1).fork('train');
const forest = await readNistForest(readFileSync(model));

/** The measures of one part of NFIQ 2 stay together when prints are mixed. */
const PARTS = ['FDA', 'FingerJet', 'FJFX', 'Img', 'LCS', 'M', 'OCL', 'OF', 'Orientation', 'RVUP'];
const partOf = MEASURE_NAMES.map((name) => PARTS.findIndex((part) => name.startsWith(part)));

const samples = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
);
const held = samples.splice(0, Math.floor(samples.length / 8));

/** How far behind two prints measures are looked for, in shares of their distance. */
const SPREAD = 0.8;

function anySample() {
  return samples[Math.floor(random.next() * samples.length)].slice(1);
}

/** Measures on the line through those of two prints; counts stay whole. */
function alongLine() {
  const [a, b] = [anySample(), anySample()];
  const share = (1 + 2 * SPREAD) * random.next() - SPREAD;
  return a.map((value, i) => {
    const mixed = value + share * (b[i] - value);
    return Number.isInteger(value) && Number.isInteger(b[i]) ? Math.max(Math.round(mixed), 0) : mixed;
  });
}

/** Measures that the forest is asked about as well: often some parts of one print, some of another. */
function mixed() {
  const a = alongLine();
  if (random.next() < 0.4) return a;
  const b = alongLine();
  const isOfA = PARTS.map(() => random.next() < 0.5);
  return a.map((value, i) => (isOfA[partOf[i]] ? value : b[i]));
}

const rows = samples.map((sample) => sample.slice(1));
const scores = samples.map(([score]) => score);
for (let i = 0; i < AUGMENTED; i += 1) {
  const row = mixed();
  rows.push(row);
  scores.push(scoreOf(forest, Object.fromEntries(MEASURE_NAMES.map((name, at) => [name, row[at]]))));
}
const network = train(rows, scores, OPTIONS, random);

const { means, deviations, weights, biases, out, outBias } = network;
const numbers = Float32Array.from([...means, ...deviations, ...weights, ...biases, ...out, outBias]);
const base64 =
  Buffer.from(numbers.buffer)
    .toString('base64')
    .match(/.{1,100}/g) ?? [];
const SOURCE = new URL('../../packages/fingerprint/src/nfiq2/estimate/estimate-model.ts', import.meta.url);
writeFileSync(
  SOURCE,
  `/** Made by scripts/quality-estimate/train.mjs: means, deviations, weights, biases, output; little endian float32. */
export const ESTIMATE_MODEL = {
  version: '1',
  units: ${network.units},
  base64: [
${base64.map((line) => `    '${line}',`).join('\n')}
  ],
} as const;
`,
);

function report(what, testRows, expected) {
  const errors = predict(network, testRows).map((score, i) => score - expected[i]);
  const mean = errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;
  const bias = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const at95 = sorted[Math.floor(0.95 * sorted.length)];
  console.log(
    `${what}: mean error ${mean.toFixed(2)}, bias ${bias.toFixed(2)}, 95 % within ${at95.toFixed(1)} (${errors.length})`,
  );
}

report(
  'synthetic fingers that it was not trained on',
  held.map((sample) => sample.slice(1)),
  held.map(([score]) => score),
);
const DATA = new URL('../../../shared/data/fingerprint/nfiq2/', import.meta.url);
if (existsSync(DATA)) {
  const [head, ...lines] = readFileSync(
    new URL('conformance/conformance_expected_output-v2.3.0.csv', DATA),
    'utf8',
  )
    .trim()
    .split('\n');
  const columns = head.split(',');
  const table = lines.filter((line) => !line.includes('"Error')).map((line) => line.split(','));
  const of = (row, name) => Number(row[columns.indexOf(name)]);
  report(
    'conformance table',
    table.map((row) => MEASURE_NAMES.map((name) => of(row, name))),
    table.map((row) => of(row, 'QualityScore')),
  );
  const images = Object.values(JSON.parse(readFileSync(new URL('oracle.json', DATA), 'utf8')).images).filter(
    ({ score }) => score !== undefined,
  );
  report(
    'images',
    images.map(({ measures }) => MEASURE_NAMES.map((name) => measures[name])),
    images.map(({ score }) => score),
  );
}
