import { InputError } from '@buergerkoffer/formats';
import { MEASURE_NAMES } from '../measure-names.js';
import type { Forest } from './forest.js';
import { readForestYaml } from './read-forest-yaml.js';

/**
 * MD5 of NIST's forest for NFIQ 2 v2.3, `nist_plain_tir-ink.yaml`, as `nist_plain_tir-ink.txt` beside it
 * says.
 */
export const NIST_MODEL_HASH = 'b4a1e7586b3be906f9770e4b77768038';

/** Whether `forest` is NIST's for NFIQ 2 v2.3. */
export function isNistForest(forest: Forest): boolean {
  return forest.modelHash === NIST_MODEL_HASH && forest.variables === MEASURE_NAMES.length;
}

/**
 * Reads NIST's forest from its YAML, plain or packed with gzip. Another file than that of NFIQ 2 v2.3 is
 * `InputError('checksum')`; see {@link readForestYaml} for what is no forest at all.
 */
export async function readNistForest(bytes: Uint8Array): Promise<Forest> {
  const forest = await readForestYaml(bytes);
  if (isNistForest(forest)) return forest;
  throw new InputError('checksum', `the MD5 of the model is ${forest.modelHash}, not ${NIST_MODEL_HASH}`, {
    remedy: 'give the file nist_plain_tir-ink.yaml of NFIQ 2 v2.3 as NIST publishes it',
  });
}
