import { Command } from 'commander';
import { MAX_FOREST_YAML_BYTES, readNistForest } from '@buergerkoffer/fingerprint/nfiq2';
import type { Run } from '../../command.js';
import { storeModel } from '../../finger/model-store.js';
import { readInput } from '../../read-input.js';

const HELP = `
NFIQ 2 scores need the random forest of NIST, which is not part of this software: nist_plain_tir-ink.yaml
from https://github.com/usnistgov/NFIQ2, plain or packed with gzip. Its MD5 is checked, and a compact form
of it is kept in $XDG_DATA_HOME/buergerkoffer, by default ~/.local/share/buergerkoffer.

Example:
  $ koffer finger model install nist_plain_tir-ink.yaml`;

/** `koffer finger model install`: keeps NIST's random forest where `koffer finger quality` finds it. */
export function modelCommand(run: Run): Command {
  const install = new Command('install')
    .description('Keep the random forest of NFIQ 2 v2.3 for scores')
    .argument('<file>', 'nist_plain_tir-ink.yaml, also packed with gzip, or - for standard input')
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string) => {
        const bytes = await readInput(file, MAX_FOREST_YAML_BYTES, output.input);
        const forest = await readNistForest(bytes);
        const stored = await storeModel(forest);
        const { modelHash, roots, nodes } = forest;
        output.answer({ type: 'model', modelHash, trees: roots.length, nodes: nodes.length, ...stored }, [
          `${stored.path}: ${roots.length} trees, ${stored.bytes} bytes, MD5 of the source ${modelHash}`,
        ]);
        output.note('The forest was made by the National Institute of Standards and Technology (NIST).');
      }),
    );
  return new Command('model').description('The random forest of NFIQ 2').addCommand(install);
}
