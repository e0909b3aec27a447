// NFIQ 2 on one print of 416 x 560: measures and forest, what they consist of, and loading the forest. With NIST's
// program, whose path is in KOFFER_BENCH_NFIQ2, the ratio to it in the same run: its time for one image is the
// difference between many images and one, so that start and loading its model do not count.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { lastValueFrom } from 'rxjs';
import { readPnm, writePgm } from '@buergerkoffer/formats';
import {
  analysePrint,
  assessPrint,
  OWN_MINUTIAE,
  readCompactForest,
  readNistForest,
  scoreOf,
  writeCompactForest,
} from '@buergerkoffer/fingerprint/nfiq2';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';

const DATA = new URL('../../shared/data/fingerprint/', import.meta.url);
const MODEL = new URL('nfiq2/nist_plain_tir-ink.yaml.gz', DATA);
const IMAGE = new URL('images/sfinge/SFinGe_Test04.pgm', DATA);

/** A print of the data, where it is absent one of the simulator. */
async function print() {
  if (existsSync(IMAGE)) return readPnm(readFileSync(IMAGE));
  const scanner = await simulatedFingerprintScanner({ seed: 1 }).open();
  const { image } = await lastValueFrom(scanner.capture({ finger: 'right-index' }));
  await scanner.close();
  return image;
}

const PEER_RUNS = 5;
const PEER_IMAGES = 21;

async function peerTime(measure, peer, image) {
  const folder = mkdtempSync(join(tmpdir(), 'nfiq2-bench-'));
  try {
    const files = Array.from({ length: PEER_IMAGES }, (_, at) => join(folder, `${at}.pgm`));
    for (const file of files) writeFileSync(file, writePgm(image));
    const time = (some) => measure(() => execFileSync(peer, some, { stdio: 'ignore' }), { runs: PEER_RUNS });
    return ((await time(files)) - (await time(files.slice(0, 1)))) / (PEER_IMAGES - 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export async function run({ measure, say }) {
  const image = await print();
  const size = `${image.width} × ${image.height}`;
  say(`nfiq2: 65 measures of ${size}`, await measure(() => analysePrint(image)));
  if (!existsSync(MODEL)) {
    console.log('nfiq2: no forest, ../shared/data/fingerprint is not there');
    return;
  }
  const forest = await readNistForest(readFileSync(MODEL));
  const compact = writeCompactForest(forest);
  const minutiae = {
    name: 'a grid',
    minutiaeOf: ({ width, height }) =>
      Array.from({ length: 60 }, (_, i) => ({
        x: Math.floor((((i % 8) + 1) * width) / 9),
        y: Math.floor(((Math.floor(i / 8) + 1) * height) / 9),
        angle: 0,
        quality: 50,
        type: 'ending',
      })),
  };
  const { measures } = assessPrint(image, { forest, minutiae });
  say(
    `nfiq2: 69 measures and score of ${size}`,
    await measure(() => assessPrint(image, { forest, minutiae })),
  );
  const own = () => assessPrint(image, { forest, minutiae: OWN_MINUTIAE });
  const ownMs = await measure(own);
  say(`nfiq2: the same with our own extractor's minutiae`, ownMs);
  const peer = env['KOFFER_BENCH_NFIQ2'];
  if (peer !== undefined) {
    const peerMs = await peerTime(measure, peer, image);
    say(`nfiq2: the same by NIST's program, ${(peerMs / ownMs).toFixed(2)} times ours`, peerMs, PEER_RUNS);
  }
  say('nfiq2: votes of the forest', await measure(() => scoreOf(forest, measures)));
  say(
    `nfiq2: loading the compact forest (${compact.length} bytes)`,
    await measure(() => readCompactForest(compact)),
  );
}
