// A face on a photo of 12 megapixels, guidance from frames of 640 x 480, and the components of image quality that points allow.
import { existsSync, readFileSync } from 'node:fs';
import jpeg from 'jpeg-js';
import { readJpegInfo, rgbImage } from '@buergerkoffer/formats';
import { liveGuidance, nextGuidance } from '@buergerkoffer/camera/guidance';
import { openFaceLocator } from '@buergerkoffer/camera/landmarks/node';
import { assessFace } from '@buergerkoffer/camera/quality';
import { drawnPerson, drawPortrait } from '@buergerkoffer/camera/simulator';
import { Subject } from 'rxjs';

const PHOTO = new URL('../../shared/data/camera/photo/sim-12mp-roll8.jpg', import.meta.url);
const FRAMES = 200;

/** The portrait in the middle of a light frame, as a live view shows it. */
function previewImage() {
  const portrait = drawPortrait(drawnPerson(1), 470);
  const [width, height] = [640, 480];
  const data = new Uint8Array(width * height * 3).fill(200);
  for (let row = 0; row < portrait.height; row += 1) {
    const from = portrait.data.subarray(row * portrait.width * 3, (row + 1) * portrait.width * 3);
    data.set(from, ((row + 5) * width + Math.floor((width - portrait.width) / 2)) * 3);
  }
  return rgbImage({ width, height, data });
}

function encoded({ width, height, data }) {
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    rgba.set(data.subarray(pixel * 3, pixel * 3 + 3), pixel * 4);
  return new Uint8Array(jpeg.encode({ width, height, data: rgba }, 80).data);
}

/** The photo of the data; where it is absent a drawn portrait as large. */
function photo() {
  if (!existsSync(PHOTO)) return drawPortrait(drawnPerson(1), 3200);
  const bytes = new Uint8Array(readFileSync(PHOTO));
  if (readJpegInfo(bytes).orientation !== 1) throw new Error('an upright photo is expected');
  const { width, height, data } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    maxMemoryUsageInMB: 900,
  });
  return rgbImage({ width, height, data });
}

export async function run({ measure, say }) {
  const begunMs = performance.now();
  const locator = await openFaceLocator();
  say('face: opening the locator, networks warm', performance.now() - begunMs, 1);
  const large = photo();
  const size = `${large.width} × ${large.height}`;
  say(`face: located on ${size}`, await measure(() => locator.locate(large), { runs: 20 }), 20);
  const [face] = await locator.locate(large);
  say(
    `face: components of quality on ${size}`,
    await measure(() => assessFace(large, face), { runs: 20 }),
    20,
  );

  const image = previewImage();
  const [first] = await locator.locate(image, { effort: 'quick' });
  if (first === undefined) throw new Error('the face of the preview was not found');
  const whole = await measure(() => locator.locate(image, { effort: 'quick' }));
  say('face: a frame of 640 × 480 searched whole', whole);
  const followed = await measure(() => locator.locate(image, { effort: 'quick', near: first }));
  say('face: a frame of 640 × 480, the face followed', followed);
  const bytes = encoded(image);
  // The next frame comes when the one before it is answered: the rate that one core keeps up with.
  const frames = new Subject();
  const show = (sequence) =>
    frames.next({ mediaType: 'image/jpeg', bytes, widthPx: 640, heightPx: 480, sequence });
  const durationsMs = [];
  const cpuBefore = process.cpuUsage();
  let status;
  await new Promise((resolve, reject) => {
    let shownMs = performance.now();
    frames.pipe(liveGuidance(locator)).subscribe({
      next: (guidance) => {
        ({ status } = guidance);
        durationsMs.push(performance.now() - shownMs);
        if (durationsMs.length === FRAMES) frames.complete();
        else
          setTimeout(() => {
            shownMs = performance.now();
            show(durationsMs.length);
          });
      },
      error: reject,
      complete: resolve,
    });
    show(0);
  });
  const cpu = process.cpuUsage(cpuBefore);
  const cpuMs = (cpu.user + cpu.system) / 1000 / FRAMES;
  const medianMs = durationsMs.sort((a, b) => a - b)[FRAMES / 2];
  say('guidance: from a JPEG frame of 640 × 480 to what is said', medianMs, FRAMES);
  console.log(
    `guidance: ${(1000 / cpuMs).toFixed(0)} frames/s of one core, ${cpuMs.toFixed(0)} ms each (${status})`,
  );
  const observed = { widthPx: 640, heightPx: 480, faces: [first], atMs: 0 };
  say('guidance: the decision alone', await measure(() => nextGuidance(undefined, observed)));
  await locator.close();
}
