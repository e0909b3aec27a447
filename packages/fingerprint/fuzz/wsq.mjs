// Feeds the WSQ decoder with damaged files: `npm run build && node packages/fingerprint/fuzz/wsq.mjs [INPUTS [SEED]]`.
// Ends with 1 at the first input that hangs, throws another error than InputError, or gives one without its place.
import process, { argv, exit } from 'node:process';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { decodeWsq, encodeWsq } from '@buergerkoffer/fingerprint/wsq';
import { greyImage, InputError } from '@buergerkoffer/formats';

const LONGEST_MS = 1000;
const inputs = Number(argv[2] ?? 1_000_000);
const seed = Number(argv[3] ?? Date.now() % 1_000_000);
if (!Number.isInteger(inputs) || inputs < 1 || !Number.isInteger(seed)) {
  console.error('usage: wsq.mjs [INPUTS [SEED]], whole numbers');
  exit(64);
}

const random = seededRandom(seed);
/** A whole number from 0 to below `end`. */
const below = (end) => Math.floor(random.next() * end);

function waves(width, height) {
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    return 128 + 90 * Math.sin(((at % width) + Math.floor(at / width) / 3) / 1.4) + below(32);
  });
  return greyImage({ width, height, data });
}

const HAAR = { length: 2, taps: [Math.SQRT1_2] };
const SOUND = [
  encodeWsq(waves(40, 50)),
  encodeWsq(waves(33, 20), { restartInterval: 100, comments: ['NIST_COM 2\nPPI 500\n'] }),
  encodeWsq(waves(25, 31), { filters: { low: HAAR, high: HAAR }, bitRate: 3 }),
  encodeWsq(greyImage({ width: 30, height: 30 })),
].map(({ bytes }) => bytes);

const DAMAGES = [
  (bytes) => bytes.subarray(0, below(bytes.length)),
  (bytes) => at(bytes, (copy, place) => (copy[place] ^= 1 << below(8))),
  (bytes) => at(bytes, (copy, place) => (copy[place] = below(256))),
  // A marker where none was.
  (bytes) =>
    at(bytes, (copy, place) => copy.set([0xff, 0xa0 + below(24)].slice(0, copy.length - place), place)),
  // A length or size that lies.
  (bytes) => at(bytes, (copy, place) => copy.set([below(256), 0xff].slice(0, copy.length - place), place)),
  (bytes) =>
    Uint8Array.from([...bytes.subarray(0, below(bytes.length)), ...bytes.subarray(below(bytes.length))]),
];

function at(bytes, change) {
  const copy = bytes.slice();
  // Half of the damage is done to the headers, which are a small part of a file.
  change(copy, below(2) === 0 ? below(copy.length) : below(Math.min(560, copy.length)));
  return copy;
}

function damaged() {
  let bytes = SOUND[below(SOUND.length)];
  for (let times = 1 + below(4); times > 0 && bytes.length > 0; times -= 1) {
    bytes = DAMAGES[below(DAMAGES.length)](bytes);
  }
  return bytes;
}

const codes = new Map();
let slowestMs = 0;
for (let input = 0; input < inputs; input += 1) {
  const bytes = damaged();
  const begun = process.cpuUsage();
  let code = 'an image';
  try {
    decodeWsq(bytes);
  } catch (error) {
    code = error instanceof InputError ? error.code : 'untyped';
    if (code === 'untyped' || !(error.offset >= 0 && error.offset <= bytes.length)) fail(input, bytes, error);
  }
  const { user, system } = process.cpuUsage(begun);
  const tookMs = (user + system) / 1000;
  slowestMs = Math.max(slowestMs, tookMs);
  if (tookMs > LONGEST_MS) fail(input, bytes, `took ${Math.round(tookMs)} ms of processor time`);
  codes.set(code, (codes.get(code) ?? 0) + 1);
}
const counts = [...codes].map(([code, count]) => `${count} ${code}`).join(', ');
console.log(
  `wsq: ${inputs} inputs, seed ${seed}: ${counts}; the slowest took ${Math.round(slowestMs)} ms of processor time`,
);

function fail(input, bytes, what) {
  console.error(`wsq: input ${input} of seed ${seed} (${bytes.length} bytes):`, what);
  console.error(Buffer.from(bytes).toString('base64'));
  exit(1);
}
