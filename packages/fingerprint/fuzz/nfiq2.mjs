// Fuzzes the parsers of NFIQ 2: `node packages/fingerprint/fuzz/nfiq2.mjs [INPUTS] [SEED]`, by default 1,000,000; needs a
// build. Every input ends as a value or as InputError within a second; anything else is told with its seed and
// exit code 1.
import { createHash } from 'node:crypto';
import { argv, exit } from 'node:process';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { InputError } from '@buergerkoffer/formats';
import {
  readCompactForest,
  readForestYaml,
  readMinutiaeList,
  writeCompactForest,
} from '@buergerkoffer/fingerprint/nfiq2';

const [inputs = 1_000_000, seed = 1] = argv.slice(2).map(Number);
const LONGEST_MS = 1000;

const YAML = `%YAML:1.0
---
my_random_trees:
   format: 3
   is_classifier: 1
   var_count: 69
   ord_var_count: 69
   var_idx: [ 0, 1,
       2 ]
   class_labels: [ 0, 1 ]
   ntrees: 1
   trees:
      -
         nodes:
            -
               depth: 0
               value: 1.
               norm_class_idx: 1
               splits:
                  - { var:11, quality:3.75e+03,
                      le:2.76e-01 }
            -
               depth: 1
               value: 0.
               norm_class_idx: 0
            -
               depth: 1
               value: 1.
               norm_class_idx: 1
`;
const LIST = JSON.stringify({
  crop: { left: 0, top: 0, width: 30, height: 40 },
  columns: ['x', 'y', 'angle256', 'quality', 'type'],
  minutiae: [
    [1, 2, 3, 4, 1],
    [29, 39, 255, 100, 2],
  ],
});
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const COMPACT = writeCompactForest(await readForestYaml(encoder.encode(YAML)));

/** So that what lies behind the checksum is read as well. */
function checksummed(body) {
  return Uint8Array.of(...body, ...createHash('md5').update(body).digest());
}

const TARGETS = [
  { name: 'forest as YAML', seed: encoder.encode(YAML), read: readForestYaml },
  { name: 'compact forest', seed: COMPACT, read: readCompactForest },
  {
    name: 'compact forest, checksum made to fit',
    seed: COMPACT.subarray(0, -16),
    read: (bytes) => readCompactForest(checksummed(bytes)),
  },
  { name: 'minutiae', seed: encoder.encode(LIST), read: (bytes) => readMinutiaeList(decoder.decode(bytes)) },
];

/** `bytes` with a few of them changed, left out, repeated, or cut off. */
function mutated(bytes, random) {
  let result = bytes.slice();
  const below = (end) => Math.floor(random.next() * end);
  for (let change = 1 + below(4); change > 0; change -= 1) {
    const at = below(result.length + 1);
    const length = below(12);
    const piece = result.slice(below(result.length + 1)).subarray(0, length);
    const random8 = Uint8Array.from({ length }, () => below(256));
    const kinds = [
      () => result.with(Math.min(at, result.length - 1), below(256)),
      () => Uint8Array.of(...result.subarray(0, at), ...result.subarray(at + length)),
      () => Uint8Array.of(...result.subarray(0, at), ...piece, ...result.subarray(at)),
      () => Uint8Array.of(...result.subarray(0, at), ...random8, ...result.subarray(at)),
      () => result.slice(0, at),
    ];
    // Cuts are rarer: they leave nothing to be changed.
    if (result.length > 0) result = kinds[below(random.next() < 0.1 ? 5 : 4)]();
  }
  return result;
}

const outcomes = new Map();
let longestMs = 0;
let bad = 0;
for (let i = 0; i < inputs; i += 1) {
  const target = TARGETS[i % TARGETS.length];
  const bytes = mutated(target.seed, seededRandom(seed * inputs + i));
  const begunMs = performance.now();
  let outcome = 'read';
  try {
    await target.read(bytes);
  } catch (error) {
    outcome = error instanceof InputError ? error.code : 'untyped';
    if (outcome === 'untyped') console.error(`${target.name}, input ${seed * inputs + i}:`, error);
  }
  const tookMs = performance.now() - begunMs;
  longestMs = Math.max(longestMs, tookMs);
  if (outcome === 'untyped' || tookMs > LONGEST_MS) bad += 1;
  const key = `${target.name}: ${outcome}`;
  outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
}
for (const [key, count] of [...outcomes].sort()) console.log(`${key} ${count}`);
console.log(`${inputs} inputs, ${bad} bad, longest ${longestMs.toFixed(0)} ms`);
exit(bad === 0 ? 0 : 1);
