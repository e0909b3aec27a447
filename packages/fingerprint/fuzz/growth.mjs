// Assesses many prints in a row, WSQ included, and tells the memory: `node --expose-gc packages/fingerprint/fuzz/growth.mjs
// [IMAGES]`, by default 1,000; needs a build. Exit code 1 when one print takes more than 64 MiB above the base, or the
// second half leaves more than 8 MiB behind.
import { argv, exit, memoryUsage } from 'node:process';
import { setImmediate } from 'node:timers/promises';
import { lastValueFrom } from 'rxjs';
import { assessPrint, OWN_MINUTIAE } from '@buergerkoffer/fingerprint/nfiq2';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { decodeWsq, encodeWsq } from '@buergerkoffer/fingerprint/wsq';

const [images = 1_000] = argv.slice(2).map(Number);
const MOST_ABOVE_BASE = 64;
const MOST_LEFT = 8;

const scanner = await simulatedFingerprintScanner({ seed: 1 }).open();
const { image } = await lastValueFrom(scanner.capture({ finger: 'right-index' }));
await scanner.close();

/** Memory of the process after everything that can go has gone, and the same of what JavaScript holds, in MiB. */
async function held() {
  gc();
  // Buffers are freed beside the collection.
  await setImmediate();
  gc();
  const { rss, heapUsed, arrayBuffers } = memoryUsage();
  return { rss: rss / 2 ** 20, used: (heapUsed + arrayBuffers) / 2 ** 20 };
}

/** The print with some of its pixels changed: no two images are the same. */
function another(number) {
  const data = Uint8Array.from(image.data);
  for (let at = number; at < data.length; at += 997) data[at] ^= 1;
  return { ...image, data };
}

function work(number) {
  const print = another(number);
  assessPrint(print, { minutiae: OWN_MINUTIAE });
  decodeWsq(encodeWsq(print, { maxBytes: 18_431 }).bytes);
}

const base = await held();
work(0);
const above = memoryUsage().rss / 2 ** 20 - base.rss;
console.log(`one print: ${above.toFixed(0)} MiB above the base of ${base.rss.toFixed(0)} MiB`);
const half = Math.floor(images / 2);
for (let number = 1; number < half; number += 1) work(number);
const middle = await held();
for (let number = half; number < images; number += 1) work(number);
const end = await held();
const left = end.used - middle.used;
console.log(`after ${half}: ${middle.used.toFixed(1)} MiB held, process ${middle.rss.toFixed(0)} MiB`);
console.log(`after ${images}: ${end.used.toFixed(1)} MiB held, process ${end.rss.toFixed(0)} MiB`);
exit(above > MOST_ABOVE_BASE || left > MOST_LEFT ? 1 : 0);
