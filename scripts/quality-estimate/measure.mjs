// Measures synthetic prints and scores them with NIST's forest:
// `node measure.mjs MODEL FIRST LAST >> samples.jsonl`.
import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { InputError } from '@buergerkoffer/formats';
import { assessPrint, MEASURE_NAMES, OWN_MINUTIAE, readNistForest } from '@buergerkoffer/fingerprint/nfiq2';
import { printsOf } from './synthetic-prints.mjs';

/** How many prints are made of one finger. */
const VARIANTS = 5;

const [model, first, last] = argv.slice(2);
const forest = await readNistForest(readFileSync(model));
for (let seed = Number(first); seed <= Number(last); seed += 1) {
  for await (const print of printsOf(seed, VARIANTS)) {
    try {
      const { score, measures } = assessPrint(print, { forest, minutiae: OWN_MINUTIAE });
      stdout.write(`${JSON.stringify([score, ...MEASURE_NAMES.map((name) => measures[name])])}\n`);
    } catch (error) {
      // Some are no prints at all.
      if (!(error instanceof InputError)) throw error;
    }
  }
}
