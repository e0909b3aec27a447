import { Command } from 'commander';
import { productionPhoto } from '@buergerkoffer/camera/photo';
import type { Run } from '../../command.js';
import { POINTS_HELP, withCutOptions } from '../../photo/cut-options.js';
import { imageCodecs } from '../../photo/open-photo.js';
import { writePhoto, type MakeOptions } from '../../photo/write-photo.js';

const HELP = `
The photo is a JPEG or PNG. The eyes are made level, the picture is made smaller where it must be and never larger, and
nothing else is done to it; what was done is told. Where the photo does not allow that, nothing is written (exit code 1).
${POINTS_HELP}

Example:
  $ koffer photo production DSC_0042.JPG -o production.jp2`;

/** `koffer photo production`. */
export function productionCommand(run: Run): Command {
  const command = new Command('production')
    .description('The picture for production: lossless JPEG 2000 of 622 x 800')
    .argument('<file>', 'JPEG or PNG photo, or - for standard input')
    .requiredOption('-o, --out <file>', 'the file to write');
  return withCutOptions(command)
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: MakeOptions) => {
        await writePhoto(output, 'production', file, options, (cropped) =>
          productionPhoto(cropped, imageCodecs()),
        );
      }),
    );
}
