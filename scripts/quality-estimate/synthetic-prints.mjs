// Prints of synthetic fingers of every quality: how they touch the glass, and what scanner and
// segmentation do to them.
import { lastValueFrom } from 'rxjs';
import { seededRandom } from '@buergerkoffer/core/simulation';
import { greyImage } from '@buergerkoffer/formats';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';

const FINGERS = ['right-thumb', 'right-index', 'right-middle', 'left-index', 'left-ring'];

/** The prints of finger number `seed`, `variants` of them: one touch, seen by different scanners. */
export async function* printsOf(seed, variants) {
  const random = seededRandom(seed).fork('quality-estimate');
  const between = (low, high) => low + (high - low) * random.next();
  const hands = {
    creases: Math.floor(40 * random.next() ** 2),
    contact: {
      pressure: between(0.1, 0.95),
      moisture: between(0, 1),
      wear: random.next(),
      rotationDeg: 12 * Math.min(Math.max(random.normal(), -3), 3),
      offsetMm: { x: 1.5 * random.normal(), y: 2 * random.normal() },
    },
  };
  const scanner = await simulatedFingerprintScanner({ seed, paceMs: 0, hands }).open();
  const finger = FINGERS[seed % FINGERS.length];
  const { image } = await lastValueFrom(scanner.capture({ finger, previews: false }));
  await scanner.close();
  for (let variant = 0; variant < variants; variant += 1) {
    yield variant === 0 ? image : seenBy(image, random, between);
  }
}

/** Another scale of ridges, a smaller glass, less contrast, blur, noise, dirt. */
function seenBy(image, random, between) {
  const zoom = between(0.8, 1.25);
  const width = Math.floor(Math.min(image.width * zoom, between(220, 500)));
  const height = Math.floor(Math.min(image.height * zoom, between(260, 650)));
  const left = (image.width - width / zoom) * between(0.2, 0.8);
  const top = (image.height - height / zoom) * between(0.1, 0.6);
  const contrast = between(0.35, 1);
  const white = between(235, 255);
  const gamma = Math.exp(0.35 * random.normal());
  const noise = random.next() < 0.4 ? 0 : between(0, 30);
  const radius = random.next() < 0.4 ? 0 : between(0, 1.8);
  const smudges = Array.from({ length: Math.floor(6 * random.next() ** 2) }, () => ({
    x: between(0, width),
    y: between(0, height),
    radius: between(20, 90),
    grey: between(90, 240),
  }));
  const data = new Uint8Array(width * height);
  const grey = (x, y) => sample(image, left + x / zoom, top + y / zoom);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 1) {
      const soft =
        radius === 0
          ? grey(x, y)
          : (2 * grey(x, y) +
              grey(x - radius, y) +
              grey(x + radius, y) +
              grey(x, y - radius) +
              grey(x, y + radius)) /
            6;
      const dark = contrast * 255 * (1 - soft / 255) ** gamma;
      const value = smudged(smudges, x, y, white - dark) + (noise === 0 ? 0 : noise * random.normal());
      data[at] = Math.min(Math.max(Math.round(value), 0), 255);
    }
  }
  return greyImage({ width, height, data, resolutionPpi: 500 });
}

/** What is left of `grey` where the glass is dirty. */
function smudged(smudges, x, y, grey) {
  let value = grey;
  for (const smudge of smudges) {
    const distance = Math.hypot(x - smudge.x, y - smudge.y) / smudge.radius;
    if (distance < 1) value += (smudge.grey - value) * 0.9 * (1 - distance ** 4);
  }
  return value;
}

/** Grey between pixels, the nearest edge outside. */
function sample({ width, height, data }, x, y) {
  const [cx, cy] = [Math.min(Math.max(x, 0), width - 1.001), Math.min(Math.max(y, 0), height - 1.001)];
  const [left, top] = [Math.floor(cx), Math.floor(cy)];
  const [fx, fy] = [cx - left, cy - top];
  const at = top * width + left;
  const upper = data[at] * (1 - fx) + data[at + 1] * fx;
  return upper * (1 - fy) + (data[at + width] * (1 - fx) + data[at + width + 1] * fx) * fy;
}
