// How well fingertips are found and turned upright in synthetic slaps whose fingers are known:
// `node scripts/segmentation/turn-errors.mjs [SLAPS] [PPI]`, by default 20 of each kind at 500 ppi; needs a build.
import { argv } from 'node:process';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { findFingertips } from '@buergerkoffer/fingerprint/segmentation';
import { growFinger, slapImage } from '@buergerkoffer/fingerprint/simulator';
import { greyImage } from '@buergerkoffer/formats';

const [slaps = 20, resolutionPpi = 500] = argv.slice(2).map(Number);
const SCALE = resolutionPpi / 500;
const SMALL = { widthPx: 800 * SCALE, heightPx: 750 * SCALE, resolutionPpi };
const LARGE = { widthPx: 1600 * SCALE, heightPx: 1500 * SCALE, resolutionPpi };

const skins = ['right-loop', 'left-loop', 'whorl', 'arch', 'tented-arch'].map((pattern, i) => ({
  tip: growFinger({ pattern, creases: i % 2 === 0 ? 3 : 20 }, seededRandom(i + 1)),
  below: growFinger({ pattern, phalanx: 'middle' }, seededRandom(i + 101)),
}));

/** Light to hard, dry to wet, new to worn. */
function laid(random, rotationDeg, x, y) {
  const between = (low, high) => low + (high - low) * random.next();
  const contact = { pressure: between(0.25, 0.85), moisture: between(0.15, 0.85), wear: between(0, 0.55) };
  const skin = skins[Math.floor(between(0, skins.length))];
  return { ...skin, contact: { ...contact, rotationDeg, offsetMm: { x, y } } };
}

function pair(random, apartMm, most) {
  const between = (low, high) => low + (high - low) * random.next();
  return [-1, 1].map((side) => laid(random, -side * between(-10, most), side * apartMm, between(-7, 1)));
}

/** Four fingers that spread a little, turned as a whole by up to 40 degrees. */
function hand(random) {
  const turn = ((80 * random.next() - 40) * Math.PI) / 180;
  return [-1.5, -0.5, 0.5, 1.5].map((place) => {
    const [x, y] = [20 * place, 4 * Math.abs(place) - 8];
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    return laid(random, (turn * 180) / Math.PI + 5 * place, cos * x - sin * y, sin * x + cos * y);
  });
}

/** A print left behind, stains and hairs, a ground that is grey on one side, grain. */
function soiled(image, glass, random) {
  const latent = slapImage([laid(random, 100 * random.next() - 50, 0, 4)], glass, random.fork('latent'));
  const stains = Array.from({ length: 20 }, () => ({
    x: glass.widthPx * random.next(),
    y: glass.heightPx * random.next(),
    radius: SCALE * (2 + 20 * random.next()),
    grey: 40 + 140 * random.next(),
  }));
  const data = image.data.map((grey, at) => {
    const [x, y] = [at % image.width, Math.floor(at / image.width)];
    const stain = stains.find((spot) => Math.hypot(x - spot.x, y - spot.y) < spot.radius);
    const seen = Math.min(grey, stain?.grey ?? 255) - 0.2 * (255 - latent.data[at]);
    return Math.min(Math.max(seen * (0.82 + (0.12 * x) / image.width) + 4 * random.normal(), 0), 255);
  });
  return greyImage({ width: image.width, height: image.height, data, resolutionPpi });
}

const KINDS = [
  { name: 'two fingers, turned up to 45 degrees', glass: SMALL, fingers: (random) => pair(random, 10.5, 45) },
  { name: 'two fingers that touch', glass: SMALL, fingers: (random) => pair(random, 8.3, 20) },
  {
    name: 'two fingers on a soiled glass',
    glass: SMALL,
    fingers: (random) => pair(random, 10.5, 40),
    soiled,
  },
  { name: 'four fingers, the hand turned up to 40 degrees', glass: LARGE, fingers: hand },
];

for (const { name, glass, fingers, soiled: soil } of KINDS) {
  const errors = [];
  let miscounted = 0;
  for (let slap = 0; slap < slaps; slap += 1) {
    const random = seededRandom(7_000 + slap).fork(name);
    const lying = fingers(random).sort((a, b) => a.contact.offsetMm.x - b.contact.offsetMm.x);
    const clean = slapImage(lying, glass, random.fork('image'));
    const found = findFingertips(soil === undefined ? clean : soil(clean, glass, random.fork('soil')));
    if (found.length !== lying.length) {
      miscounted += 1;
      continue;
    }
    for (const [i, { box }] of found.entries()) {
      errors.push(Math.abs(box.rotationDeg - lying[i].contact.rotationDeg));
    }
  }
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const counted = `${slaps - miscounted} of ${slaps} counted rightly`;
  console.log(
    `${name}: ${counted}, off by ${mean.toFixed(2)} degrees, at most ${Math.max(...errors).toFixed(1)}`,
  );
}
