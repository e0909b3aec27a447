// Fuzzes segmentation and live quality: `node packages/fingerprint/fuzz/segmentation.mjs [INPUTS] [SEED]`, by default
// 100,000; needs a build. Every image of the glass, of noise, waves, spots and bars up to 300 pixels wide, ends as boxes that
// are as large as their prints or as InputError, within a second; anything else is told with its seed and exit code 1.
import { argv, exit } from 'node:process';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { liveQuality } from '@buergerkoffer/fingerprint';
import { findFingertips } from '@buergerkoffer/fingerprint/segmentation';
import { InputError } from '@buergerkoffer/formats';

const [inputs = 100_000, seed = 1] = argv.slice(2).map(Number);
const LONGEST_MS = 1000;

/** An image of a few layers, each over what is there. */
function glass(random) {
  const below = (end) => Math.floor(random.next() * end);
  const [width, height] = [1 + below(300), 1 + below(300)];
  const data = new Uint8Array(width * height).fill(below(256));
  for (let layer = below(6); layer >= 0; layer -= 1) {
    const [x, y, radius, grey] = [below(width), below(height), 1 + below(150), below(256)];
    const [fx, fy] = [random.normal(), random.normal()];
    const kind = below(4);
    for (let at = 0; at < data.length; at += 1) {
      const [column, row] = [at % width, Math.floor(at / width)];
      const isInside = Math.hypot(column - x, row - y) < radius;
      if (kind === 0 && isInside) data[at] = grey;
      if (kind === 1 && isInside) data[at] = 128 + 120 * Math.sin(fx * (column - x) + fy * (row - y));
      if (kind === 2) data[at] += 20 * random.normal();
      if (kind === 3 && Math.abs(column - x) < radius / 9) data[at] = grey;
    }
  }
  const resolutionPpi = [undefined, 100, 250, 500, 1000, 1300, Number.NaN][below(7)];
  return { width, height, data, ...(resolutionPpi === undefined ? {} : { resolutionPpi }) };
}

function check(image) {
  const found = findFingertips(image);
  for (const { image: print, box } of found) {
    if (print.data.length !== box.width * box.height) throw new Error('a print is not as large as its box');
    if (!(Math.abs(box.rotationDeg) <= 60)) throw new Error(`turned by ${box.rotationDeg}`);
  }
  const { score, fingers } = liveQuality(image);
  if (!(score >= 0 && score <= 100)) throw new Error(`a score of ${score}`);
  if (fingers.length !== found.length) throw new Error('two numbers of fingers');
  return `${found.length} found`;
}

const outcomes = new Map();
let longestMs = 0;
let bad = 0;
for (let i = 0; i < inputs; i += 1) {
  const image = glass(seededRandom(seed * inputs + i));
  const begunMs = performance.now();
  let outcome;
  try {
    outcome = check(image);
  } catch (error) {
    outcome = error instanceof InputError ? error.code : 'untyped';
    if (outcome === 'untyped') console.error(`input ${seed * inputs + i}:`, error);
  }
  const tookMs = performance.now() - begunMs;
  longestMs = Math.max(longestMs, tookMs);
  if (outcome === 'untyped' || tookMs > LONGEST_MS) bad += 1;
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
}
for (const [outcome, count] of [...outcomes].sort()) console.log(`${outcome}: ${count}`);
console.log(`${inputs} inputs, ${bad} bad, longest ${longestMs.toFixed(0)} ms`);
exit(bad === 0 ? 0 : 1);
