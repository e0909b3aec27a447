import { Command, Option } from 'commander';
import type { PhotoOrigin } from '@buergerkoffer/camera/photo';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { POINTS_HELP, withCutOptions } from '../../photo/cut-options.js';
import { cutFace, type CutOptions } from '../../photo/cut-face.js';
import { FaceFinder } from '../../photo/face-finder.js';
import { judgePhoto } from '../../photo/judge-photo.js';
import { tellJudgement } from '../../photo/tell-judgement.js';

interface Options extends CutOptions {
  readonly origin: PhotoOrigin;
}

const HELP = `
Criteria are those of BSI TR-03121-3 Vol. 2 v6.0, tables 5.2 and 5.3, by their ids. They are judged on the picture of 1244 x 1600
that koffer photo crop would write. A file that has that size already (scans: 622 x 800) is judged as it is, and so is one from
which no picture can be cut. The exit code is 1 when a criterion is not met or no picture can be cut.
A criterion that nothing here can measure is not-assessed; this is no certified quality software.
${POINTS_HELP}

Example:
  $ koffer photo check DSC_0042.JPG --json`;

/** `koffer photo check`: the criteria of photos. */
export function checkCommand(run: Run): Command {
  const command = new Command('check')
    .description('Every criterion for ID photos: value, threshold, verdict')
    .argument('<file...>', 'JPEG or PNG photos, or - for standard input')
    .addOption(
      new Option('--origin <name>', 'where the photo is from')
        .choices(['live', 'cloud', 'scan'])
        .default('live'),
    );
  return withCutOptions(command)
    .addHelpText('after', HELP)
    .action(
      run(async (output, files: readonly string[], options: Options) => {
        if (options.points !== undefined && files.length > 1)
          throw new UsageError('--points is for one photo', 'give one file, or leave --points out');
        const finder = new FaceFinder();
        try {
          for (const file of files) {
            try {
              const face = await cutFace(file, options, finder, output.input);
              tellJudgement(output, file, judgePhoto(face, options.origin));
            } catch (error) {
              output.fail(error, file);
            }
          }
        } finally {
          await finder.close();
        }
      }),
    );
}
