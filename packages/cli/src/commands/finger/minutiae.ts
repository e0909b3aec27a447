import { Command } from 'commander';
import { writeMinutiaeRecord, type Minutia } from '@buergerkoffer/fingerprint/minutiae';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { readMinutiae, type PrintMinutiae } from '../../finger/read-minutiae.js';
import { resolutionOf } from '../../numbers.js';

interface Options {
  readonly out?: string;
  readonly ppi?: number;
}

const HELP = `
Images are PGM or PNG of one finger; records of ISO/IEC 19794-2:2005 are shown as they are. x and y are
pixels from the top left corner, the angle is in degrees counter-clockwise from the x axis. With -o the minutiae
of the one file are also written as such a record: they are biometric data, keep the file accordingly.

Examples:
  $ koffer finger minutiae finger.pgm
  $ koffer finger minutiae finger.png --ppi 500 -o finger.fmr --json`;

/** `koffer finger minutiae`: the minutiae of prints. */
export function minutiaeCommand(run: Run): Command {
  return new Command('minutiae')
    .description('Minutiae of fingerprints: place, angle, type, quality')
    .argument('<file...>', 'PGM or PNG images, or records, or - for standard input')
    .option('-o, --out <file>', 'record of ISO/IEC 19794-2:2005 to write')
    .option('--ppi <number>', 'resolution of the images (default: what they say, else 500)', resolutionOf)
    .addHelpText('after', HELP)
    .action(
      run(async (output, files: readonly string[], options: Options) => {
        if (options.out !== undefined && files.length > 1) {
          throw new UsageError('-o is for one print', 'give one file, or leave -o out');
        }
        for (const file of files) {
          try {
            const print = await readMinutiae(file, output.input, options.ppi);
            if (options.out !== undefined) await output.save(options.out, recordOf(print));
            output.answer({ type: 'minutiae', file, ...print }, [
              `${file}: ${print.minutiae.length} minutiae`,
              ...print.minutiae.map(describe),
            ]);
          } catch (error) {
            output.fail(error, file);
          }
        }
      }),
    );
}

function recordOf({ width, height, resolutionPpi, minutiae }: PrintMinutiae): Uint8Array {
  const view = { position: 0, viewNumber: 0, impression: 0, quality: 0, minutiae };
  return writeMinutiaeRecord({ width, height, resolutionPpi, deviceId: 0, views: [view] });
}

function describe({ x, y, angle, type, quality }: Minutia): string {
  const columns = [x, y, Math.round((angle * 180) / Math.PI), quality].map((value) =>
    String(value).padStart(5),
  );
  return `${columns.join('')}  ${type}`;
}
