// NFIQ 2 on one print of 416 x 560: measures and forest, what they consist of, and loading the forest.
import { existsSync, readFileSync } from 'node:fs';
import { lastValueFrom } from 'rxjs';
import { readPnm } from '@buergerkoffer/formats';
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
  say(`nfiq2: the same with our own extractor's minutiae`, await measure(own));
  say('nfiq2: votes of the forest', await measure(() => scoreOf(forest, measures)));
  say(
    `nfiq2: loading the compact forest (${compact.length} bytes)`,
    await measure(() => readCompactForest(compact)),
  );
}
