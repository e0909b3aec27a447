import { Command } from 'commander';
import { LABEL_SAMPLES, LABELS, type LabelKind } from '@buergerkoffer/print/labels';
import type { Run } from '../command.js';
import { writeLabel, type LabelOptions } from '../label/write-label.js';
import { resolutionOf } from '../numbers.js';

const KINDS = ['pa-address', 'pass-residence'] as const satisfies readonly LabelKind[];

const DESCRIPTIONS: Readonly<Record<LabelKind, string>> = {
  'pa-address': 'Sticker with the new address for the identity card: 4 lines of 25 characters',
  'pass-residence': 'Sticker with the new place of residence for the passport: 3 lines of 23 characters',
};

/** `koffer label`: stickers that change what a document says. */
export function labelCommand(run: Run): Command {
  const command = new Command('label').description('Stickers for identity card and passport');
  for (const kind of KINDS) command.addCommand(kindCommand(run, kind));
  return command.addCommand(sampleCommand(run));
}

function kindCommand(run: Run, kind: LabelKind): Command {
  return new Command(kind)
    .description(DESCRIPTIONS[kind])
    .requiredOption('--data <file>', 'JSON file as of koffer label sample, or - for standard input')
    .requiredOption('-o, --out <file>', 'the PDF to write, in the size of the sticker')
    .option('--font <file...>', 'the official font UnicodeDoc, regular and bold; without it a trial')
    .option('--sha256 <hash...>', 'what the font files are to have, in their order')
    .option('--png <file>', 'a picture of the sticker as well')
    .option('--ppi <number>', 'pixels per inch of the picture', resolutionOf, 600)
    .option('--as-given', 'in upper and lower case as in the data, not in capitals')
    .addHelpText('after', helpOf(kind))
    .action(
      run(async (output, options: LabelOptions) => {
        await writeLabel(output, kind, options);
      }),
    );
}

function helpOf(kind: LabelKind): string {
  const { legalBasis, widthMm, heightMm } = LABELS[kind];
  return `
${legalBasis}; ${widthMm} x ${heightMm} mm.
What does not fit is shortened as little as it takes, and told; what does not fit even then is refused (exit code 1).
The font is not public. Without it DejaVu Sans Mono stands in, and MUSTER stands across the sticker.

Data, for example:
  ${JSON.stringify(LABEL_SAMPLES[kind])}

Example:
  $ koffer label sample ${kind} | koffer label ${kind} --data - -o sticker.pdf --png sticker.png`;
}

function sampleCommand(run: Run): Command {
  const command = new Command('sample').description('Invented data of a sticker, to start from');
  for (const kind of KINDS) {
    command.addCommand(
      new Command(kind)
        .description(DESCRIPTIONS[kind])
        .addHelpText('after', `\nExample:\n  $ koffer label sample ${kind} > data.json`)
        .action(
          run((output) => {
            const sample = LABEL_SAMPLES[kind];
            output.answer(sample, [JSON.stringify(sample, undefined, 2)]);
            return Promise.resolve();
          }),
        ),
    );
  }
  return command;
}
