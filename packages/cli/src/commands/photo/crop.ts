import { Command } from 'commander';
import { registerPhoto } from '@buergerkoffer/camera/photo';
import type { Run } from '../../command.js';
import { POINTS_HELP, withCutOptions } from '../../photo/cut-options.js';
import { imageCodecs } from '../../photo/open-photo.js';
import { writePhoto, type MakeOptions } from '../../photo/write-photo.js';

const HELP = `
The photo is a JPEG or PNG. The eyes are made level, the picture is made smaller where it must be and never larger, and
nothing else is done to it; what was done is told. Where the photo does not allow that, nothing is written (exit code 1).
${POINTS_HELP}

Example:
  $ koffer photo crop DSC_0042.JPG -o crop.jpg`;

/** `koffer photo crop`. */
export function cropCommand(run: Run): Command {
  const command = new Command('crop')
    .description('Cut the ID photo out of a photo: JPEG of 1244 x 1600 for the register')
    .argument('<file>', 'JPEG or PNG photo, or - for standard input')
    .requiredOption('-o, --out <file>', 'the file to write');
  return withCutOptions(command)
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: MakeOptions) => {
        await writePhoto(output, 'crop', file, options, (cropped) => registerPhoto(cropped, imageCodecs()));
      }),
    );
}
