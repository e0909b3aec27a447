import { Command, Option } from 'commander';
import { formFor, type SampleVariant } from '@buergerkoffer/print/forms';
import type { Run } from '../../command.js';
import { dayOf, onOption } from '../../form/on-option.js';

interface Options {
  readonly variant: SampleVariant;
  readonly on?: string;
  readonly out?: string;
}

const HELP = `
empty is {} where the form can be printed blank, else the least that it takes; longest fills every text to its bound and gives every
optional part; latin goes through the letters of String.Latin (DIN 91379). All people are invented.

Example:
  $ koffer form sample meldeschein --variant filled > daten.json`;

/** `koffer form sample`: data to start from, and to try a form at its edges. */
export function sampleCommand(run: Run): Command {
  return new Command('sample')
    .description('Data of invented people for a form, as JSON')
    .argument('<id>', 'a form, see koffer form list')
    .addOption(
      new Option('--variant <name>', 'which data')
        .choices(['empty', 'filled', 'longest', 'latin'])
        .default('filled'),
    )
    .option('-o, --out <file>', 'the file to write instead of standard output')
    .addOption(onOption())
    .addHelpText('after', HELP)
    .action(
      run(async (output, id: string, { variant, on, out }: Options) => {
        const data: unknown = formFor(id, dayOf(on)).samples[variant]();
        const json = JSON.stringify(data, undefined, 2);
        if (out === undefined) {
          output.answer(data as object, [json]);
          return;
        }
        await output.save(out, Buffer.from(`${json}\n`));
        output.answer({ type: 'sample', id, variant, file: out }, [`${out}: ${id}, ${variant}`]);
      }),
    );
}
