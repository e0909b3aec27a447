// False matches and false non-matches of the minutiae matcher on synthetic fingers, and false matches
// among the published prints where ../shared/data/fingerprint is there: node
// scripts/minutiae/match-rates.mjs [FINGERS] [TOUCHES]
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { argv } from 'node:process';
import { gunzipSync } from 'node:zlib';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { decodePng, greyImage, greyOf, readPnm } from '@buergerkoffer/formats';
import {
  compareMinutiae,
  extractMinutiae,
  MATCH_THRESHOLD,
  matchTemplate,
} from '@buergerkoffer/fingerprint/minutiae';
import { growFinger, printImage } from '@buergerkoffer/fingerprint/simulator';

const DATA = new URL('../../../shared/data/fingerprint/', import.meta.url);
const FINGERS = Number(argv[2] ?? 60);
const TOUCHES = Number(argv[3] ?? 4);
const GLASS = { widthPx: 416, heightPx: 560, resolutionPpi: 500 };
const PATTERNS = ['right-loop', 'left-loop', 'whorl', 'whorl', 'arch', 'tented-arch'];

const between = (random, low, high) => low + (high - low) * random.next();

/**
 * A touch as careless people make it: turned up to 40 degrees, off by up to 4.5 mm, dry to wet, worn,
 * dragged.
 */
function carelessTouch(skin, random) {
  const contact = {
    pressure: between(random, 0.35, 0.7),
    moisture: between(random, 0.3, 0.7),
    wear: between(random, 0, 0.5),
    rotationDeg: between(random, -40, 40),
    offsetMm: { x: between(random, -4.5, 4.5), y: between(random, -4.5, 4.5) },
  };
  return dragged(printImage(skin, contact, GLASS, random.fork('grain')), random);
}

/** The image as if the skin had been dragged: shifted by smooth waves of up to 6 pixels. */
function dragged(image, random) {
  const { width, height, data } = image;
  const [acrossPx, downPx] = [between(random, 0, 6), between(random, 0, 6)];
  const [phaseX, phaseY] = [between(random, 0, 7), between(random, 0, 7)];
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = Math.min(Math.max(x + acrossPx * Math.sin(phaseX + y / 90 + x / 200), 0), width - 1.001);
      const v = Math.min(Math.max(y + downPx * Math.sin(phaseY + x / 80 - y / 150), 0), height - 1.001);
      const at = Math.floor(v) * width + Math.floor(u);
      const [a, b] = [u % 1, v % 1];
      const above = (1 - a) * data[at] + a * data[at + 1];
      const below = (1 - a) * data[at + width] + a * data[at + width + 1];
      result[y * width + x] = (1 - b) * above + b * below;
    }
  }
  return greyImage({ width, height, data: result, resolutionPpi: image.resolutionPpi });
}

function syntheticPrints() {
  const all = seededRandom(2026);
  return Array.from({ length: FINGERS }, (_, finger) => {
    const random = all.fork(`finger ${finger}`);
    const pattern = PATTERNS[finger % PATTERNS.length];
    const skin = growFinger({ pattern, creases: finger % 8 }, random.fork('skin'));
    return Array.from({ length: TOUCHES }, (_, touch) =>
      matchTemplate(extractMinutiae(carelessTouch(skin, random.fork(`touch ${touch}`)))),
    );
  });
}

/** Published prints that show a finger of another one: copies, and the slap from which a001_0xp were cut. */
const REPEATED = /sample_(03|04|10)|^a001\.|^matching|^wsq/;

async function publishedPrint(path) {
  const bytes = readFileSync(new URL(path, DATA));
  const file = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  const image = path.endsWith('.png') ? greyOf(await decodePng(file)) : readPnm(file);
  return matchTemplate(extractMinutiae(image));
}

/** The published prints, one of each finger. */
async function publishedPrints() {
  const prints = [];
  for (const folder of [
    'images/sfinge/',
    'images/fingerjetfx/',
    'images/nist-wsq/',
    'iso19794/sourceafis/',
  ]) {
    for (const name of readdirSync(new URL(folder, DATA))) {
      if (!/\.(pgm|pgm\.gz|png)$/.test(name) || REPEATED.test(name)) continue;
      prints.push(await publishedPrint(folder + name));
    }
  }
  return prints;
}

function ratesOf(what, scores, isWrong) {
  const wrong = scores.filter(isWrong).length;
  const limit = wrong === 0 ? `, below ${((100 * 3) / scores.length).toFixed(3)} % with 95 % confidence` : '';
  const sorted = scores.toSorted((a, b) => a - b);
  const range = `${sorted[0].toFixed(1)} to ${sorted.at(-1).toFixed(1)}`;
  const share = `${((100 * wrong) / scores.length).toFixed(3)} %`;
  console.log(`${what}: ${wrong} of ${scores.length} (${share}${limit}), scores ${range}`);
}

const fingers = syntheticPrints();
const genuine = fingers.flatMap((touches) =>
  touches.flatMap((a, i) => touches.slice(i + 1).map((b) => compareMinutiae(a, b).score)),
);
const impostors = fingers.flatMap((touches, i) =>
  fingers.slice(i + 1).flatMap((others) => touches.map((a, k) => compareMinutiae(a, others[k]).score)),
);
console.log(`threshold ${MATCH_THRESHOLD}; ${FINGERS} synthetic fingers, ${TOUCHES} touches each`);
ratesOf('false non-matches, synthetic', genuine, (score) => score < MATCH_THRESHOLD);
ratesOf('false matches, synthetic', impostors, (score) => score >= MATCH_THRESHOLD);
const descending = impostors.toSorted((a, b) => b - a);
const atThousandth = descending[Math.floor(impostors.length / 1000)];
console.log(
  `a false match rate of 0.1 % lies at ${atThousandth.toFixed(1)}, with ` +
    `${genuine.filter((score) => score <= atThousandth).length} of ${genuine.length} false non-matches`,
);
if (existsSync(DATA)) {
  const published = await publishedPrints();
  const scores = published.flatMap((a, i) => [
    ...published.slice(i + 1).map((b) => compareMinutiae(a, b).score),
    ...fingers.map(([b]) => compareMinutiae(a, b).score),
  ]);
  const pair = ['probe', 'matching'].map((name) => publishedPrint(`iso19794/sourceafis/${name}.png`));
  const { score } = compareMinutiae(...(await Promise.all(pair)));
  console.log(`the one published pair of a finger: score ${score.toFixed(1)}`);
  ratesOf(`false matches, ${published.length} published prints`, scores, (score) => score >= MATCH_THRESHOLD);
}
