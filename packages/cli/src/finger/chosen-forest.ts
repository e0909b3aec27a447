import {
  isCompactForest,
  MAX_FOREST_YAML_BYTES,
  readCompactForest,
  readNistForest,
  type Forest,
} from '@buergerkoffer/fingerprint/nfiq2';
import type { Output } from '../output.js';
import { readInput } from '../read-input.js';
import { installedModel, MODEL_FILE } from './model-store.js';

/**
 * The random forest in the file `model` (NIST's YAML or its compact form), or the installed one; undefined where there
 * is none, and a person is told what that means.
 */
export async function chosenForest(model: string | undefined, output: Output): Promise<Forest | undefined> {
  if (model !== undefined) {
    const bytes = await readInput(model, MAX_FOREST_YAML_BYTES, output.input);
    return isCompactForest(bytes) ? readCompactForest(bytes) : readNistForest(bytes);
  }
  const forest = await installedModel();
  if (forest === undefined) {
    output.note('The random forest of NIST is not installed: scores are guesses of a small embedded model.');
    output.note(`  → get ${MODEL_FILE} and run: koffer finger model install FILE`);
  }
  return forest;
}
