import { Command } from 'commander';
import {
  analysePrint,
  estimateOf,
  feedbackFaults,
  listedMinutiae,
  OWN_MINUTIAE,
  readMinutiaeList,
  qualityOf,
  qualityOverlay,
  type Forest,
  type MinutiaeSource,
  type PrintAnalysis,
  type PrintQuality,
} from '@buergerkoffer/fingerprint/nfiq2';
import { encodePng, greyImage } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { chosenForest } from '../../finger/chosen-forest.js';
import { readPrints, type StoredPrint } from '../../finger/read-prints.js';
import type { Output } from '../../output.js';
import { UsageError } from '../../exit-code.js';
import { resolutionOf } from '../../numbers.js';
import { readInput } from '../../read-input.js';

/** Largest list of minutiae that is read, in bytes. */
const MAX_LIST_BYTES = 1024 * 1024;

interface Options {
  readonly model?: string;
  readonly minutiae?: string;
  readonly overlay?: string;
  readonly ppi?: number;
}

const HELP = `
Images are 8-bit grey PGM or PNG of one finger at 500 ppi; WSQ and JPEG 2000 files, finger image records, templates
and data group 3 are decoded first (every print of a record is told): what their compression took away counts. The score is that of NFIQ 2 (conformant: true) only
with the forest of NIST and the minutiae of FingerJetFX OSE, which is not part of this software: give its list
with --minutiae. With the minutiae of our own extractor it is an estimate; without the forest it is the guess
of a small embedded model (embedded-estimate): see koffer finger model install --help.

Examples:
  $ koffer finger quality finger.pgm
  $ koffer finger quality finger.pgm --minutiae finger.json --json
  $ koffer finger quality finger.pgm --overlay finger.png
  $ koffer finger quality *.png --model nist_plain_tir-ink.yaml`;

/** `koffer finger quality`: the quality of prints by NFIQ 2 v2.3. */
export function qualityCommand(run: Run): Command {
  return new Command('quality')
    .description('Quality of fingerprints by NFIQ 2 v2.3: score, measures, feedback')
    .argument('<file...>', 'images or records, or - for standard input')
    .option('--model <file>', 'random forest of NIST (YAML) or its compact form instead of the installed one')
    .option('--minutiae <file>', 'minutiae of the one image as JSON')
    .option(
      '--overlay <file>',
      'PNG of the one image to write: foreground, ridge flow, local quality, minutiae',
    )
    .option('--ppi <number>', 'resolution of the images, whatever their files say', resolutionOf)
    .addHelpText('after', HELP)
    .action(
      run(async (output, files: readonly string[], options: Options) => {
        if (options.overlay !== undefined && files.length > 1) {
          throw new UsageError('--overlay is for one image', 'give one file, or leave --overlay out');
        }
        const forest = await chosenForest(options.model, output);
        const minutiae =
          options.minutiae === undefined ? OWN_MINUTIAE : await minutiaeOf(options.minutiae, output);
        for (const file of files) {
          try {
            const prints = await readPrints(file, output.input);
            if (prints.length !== 1 && (options.overlay ?? options.minutiae) !== undefined) {
              throw new UsageError(
                '--overlay and --minutiae are for one print',
                'give a file with one print',
              );
            }
            for (const print of prints) {
              const resolutionPpi = options.ppi ?? print.image.resolutionPpi;
              const analysis = analysePrint(greyImage({ ...print.image, resolutionPpi }));
              const quality = assessed(analysis, forest, minutiae);
              if (options.overlay !== undefined)
                await output.save(options.overlay, await drawn(analysis, minutiae));
              tell(output, file, print, quality);
            }
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
}

function assessed(
  analysis: PrintAnalysis,
  forest: Forest | undefined,
  minutiae: MinutiaeSource,
): PrintQuality {
  return forest === undefined ? estimateOf(analysis, minutiae) : qualityOf(analysis, { forest, minutiae });
}

async function minutiaeOf(file: string, output: Output): Promise<MinutiaeSource> {
  const bytes = await readInput(file, MAX_LIST_BYTES, output.input);
  return listedMinutiae(readMinutiaeList(new TextDecoder().decode(bytes)));
}

async function drawn(analysis: PrintAnalysis, source: MinutiaeSource): Promise<Uint8Array> {
  const { print } = analysis;
  const minutiae = source.minutiaeOf(greyImage(print), print.crop);
  return encodePng(qualityOverlay(analysis, minutiae));
}

function tell(
  output: Output,
  file: string,
  { finger, compression }: StoredPrint,
  quality: PrintQuality,
): void {
  const { score, algorithm, version, minutiaeSource, conformant, feedback } = quality;
  const faults = feedbackFaults(feedback);
  const how = `${algorithm} ${version}, minutiae: ${minutiaeSource}${conformant ? '' : ', not conformant'}`;
  const of = finger === undefined ? {} : { finger };
  output.answer({ type: 'quality', file, ...of, compression, ...quality, faults }, [
    `${file}${finger === undefined ? '' : `, ${finger}`}: ${score} (${how})`,
    ...faults.map((fault) => `  ! ${fault}: ${feedback[fault] ?? ''}`),
  ]);
}
