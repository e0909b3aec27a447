// From a 12-megapixel JPEG to the checked ID photo, and the chip's picture. The photo is that of the data, else a drawn portrait
// enlarged. Where Debian's opj_compress is installed (libopenjp2-tools), the ratio of its time and its PSNR at the same size, start of
// the program included.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadCodecs } from '@buergerkoffer/camera/codecs';
import { openFaceLocator } from '@buergerkoffer/camera/landmarks/node';
import {
  assessPhoto,
  CHIP_BYTES,
  cutPhoto,
  decodePhoto,
  encodeChip,
  findCrop,
  halved,
  pureJpegCodec,
  readJp2,
  reducedUpright,
  registerPhoto,
  scaledPoints,
} from '@buergerkoffer/camera/photo';
import { drawnPerson, drawPortrait } from '@buergerkoffer/camera/simulator';
import { decodePng, rgbImage, writePpm } from '@buergerkoffer/formats';

const DATA = new URL('../../shared/data/camera/', import.meta.url);
const RUNS = 10;
const SEARCH_PX = 1024;

const codecs = loadCodecs();

/** A JPEG of about 12 megapixels. */
async function photo() {
  const file = new URL('photo/sim-12mp-orientation6.jpg', DATA);
  if (existsSync(file)) return new Uint8Array(readFileSync(file));
  const small = drawPortrait(drawnPerson(1));
  const large = rgbImage({ width: 3110, height: 4000 });
  for (let at = 0; at < large.data.length; at += 3) {
    const [x, y] = [(at / 3) % 3110, Math.floor(at / 9330)];
    const from = 3 * (Math.floor(y / 2.5) * 1244 + Math.floor(x / 2.5));
    large.data.set(small.data.subarray(from, from + 3), at);
  }
  return codecs.jpeg.encode(large, 90);
}

async function portrait() {
  const file = new URL('iso19794/face-622x800.png', DATA);
  return existsSync(file) ? decodePng(readFileSync(file)) : halved(drawPortrait(drawnPerson(1)));
}

export async function run({ measure, say }) {
  const bytes = await photo();
  const locator = await openFaceLocator();
  try {
    await steps(bytes, locator, measure, say);
  } finally {
    await locator.close();
  }
  await chip(await portrait(), measure, say);
}

async function located(pixels, locator) {
  const { image, scale } = reducedUpright(pixels, SEARCH_PX);
  const [face] = await locator.locate(image);
  return scaledPoints(face.points, scale);
}

async function steps(bytes, locator, measure, say) {
  const { pixels } = await decodePhoto(bytes, codecs.jpeg);
  const points = await located(pixels, locator);
  const { frame } = findCrop(pixels, points);
  const cropped = cutPhoto(pixels, frame, points);
  const timed = async (what, work) => say(`photo: ${what}`, await measure(work, { runs: RUNS }), RUNS);
  await timed('read 12 Mpx from end to end', () => decodePhoto(bytes, codecs.jpeg));
  await timed('all pixels of it', () => pixels.source?.whole());
  await timed('all pixels by libjpeg-turbo in WebAssembly', () => codecs.jpeg.decode(bytes));
  await timed('all pixels by jpeg-js', () => pureJpegCodec().decode(bytes));
  await timed('find the face', () => located(pixels, locator));
  await timed('cut 1244 × 1600 out, with its pixels', () => cutPhoto(pixels, frame, points));
  await timed('all criteria', () => assessPhoto(cropped.image, { points: cropped.points }));
  await timed('register JPEG', () => registerPhoto(cropped, codecs));
  await timed('12 Mpx JPEG to the checked register JPEG', async () => {
    const decoded = await decodePhoto(bytes, codecs.jpeg);
    const found = await located(decoded.pixels, locator);
    const cut = cutPhoto(decoded.pixels, findCrop(decoded.pixels, found).frame, found);
    assessPhoto(cut.image, { points: cut.points });
    await registerPhoto(cut, codecs);
  });
}

async function chip(image, measure, say) {
  const { bytes, encodes } = await encodeChip(image, codecs.jpeg2000);
  const oursMs = await measure(() => encodeChip(image, codecs.jpeg2000), { runs: RUNS });
  const ours = psnr((await codecs.jpeg2000.decode(readJp2(bytes).codestream)).data, image.data);
  say(`photo: chip, ${bytes.length} bytes in ${encodes} encode(s), ${ours.toFixed(2)} dB`, oursMs, RUNS);
  if (spawnSync('opj_compress', ['-h']).error !== undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'photo-bench-'));
  try {
    const [ppm, jp2, back] = ['in.ppm', 'out.jp2', 'back.png'].map((name) => join(folder, name));
    writeFileSync(ppm, writePpm(image));
    const ratio = String(image.data.length / CHIP_BYTES.max);
    const peer = () =>
      execFileSync('opj_compress', ['-i', ppm, '-o', jp2, '-r', ratio, '-I'], { stdio: 'ignore' });
    const peerMs = await measure(peer, { runs: RUNS });
    execFileSync('opj_decompress', ['-i', jp2, '-o', back], { stdio: 'ignore' });
    const theirs = psnr((await decodePng(readFileSync(back))).data, image.data);
    say(
      `photo: chip by opj_compress -I, ${theirs.toFixed(2)} dB, ${(peerMs / oursMs).toFixed(2)} times ours`,
      peerMs,
      RUNS,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function psnr(a, b) {
  let squares = 0;
  for (let at = 0; at < a.length; at += 1) squares += (a[at] - b[at]) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
