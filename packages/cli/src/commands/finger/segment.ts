import { mkdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { SLAP_POSITIONS, type SlapPosition } from '@buergerkoffer/fingerprint';
import {
  findFingertips,
  segmentationOverlay,
  segmentSlap,
  type Fingertip,
} from '@buergerkoffer/fingerprint/segmentation';
import { encodePng, greyImage, type GreyImage } from '@buergerkoffer/formats';
import { storageErrorOf } from '@buergerkoffer/vault/node';
import { Command, Option } from 'commander';
import type { Run } from '../../command.js';
import { readPrint } from '../../finger/read-print.js';
import { resolutionOf } from '../../numbers.js';
import { writeOutput } from '../../write-output.js';

interface Options {
  readonly out: string;
  readonly slap?: SlapPosition;
  readonly ppi?: number;
  readonly overlay?: string;
}

const HELP = `
The image is 8-bit grey PGM or PNG of the whole glass, 200 to 1300 ppi (default: what it says, else 500). Each
fingertip is turned upright, cut off at the crease of its joint and written as PNG at the same resolution: as
NAME-1.png, NAME-2.png … from left to right, or with --slap by the name of its finger. Exit code 1: no fingertip,
or another number than the slap has.

Examples:
  $ koffer finger segment glass.png -o prints
  $ koffer finger segment slap.pgm -o prints --slap both-index --overlay boxes.png --json`;

/** `koffer finger segment`: the fingertips in an image of the glass. */
export function segmentCommand(run: Run): Command {
  return new Command('segment')
    .description('Cut the fingertips out of an image of the glass, turned upright')
    .argument('<file>', 'PGM or PNG image, or - for standard input')
    .requiredOption('-o, --out <folder>', 'folder for the fingertips; made when it is not there')
    .addOption(new Option('--slap <name>', 'which fingers lie there').choices(SLAP_POSITIONS))
    .option('--ppi <number>', 'resolution of the image, whatever it says', resolutionOf)
    .option('--overlay <file>', 'PNG to write: the image with the boxes')
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: Options) => {
        const read = await readPrint(file, output.input);
        const image = greyImage({ ...read, resolutionPpi: options.ppi ?? read.resolutionPpi });
        const { outcome, tips } = segmented(image, options.slap);
        await mkdir(options.out, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
          throw storageErrorOf(error, options.out);
        });
        const stem = file === '-' ? 'glass' : basename(file, extname(file));
        const written = [];
        for (const { name, tip } of tips) {
          const path = join(options.out, `${stem}-${name}.png`);
          await writeOutput(path, await encodePng(tip.image));
          const { width, height, resolutionPpi } = tip.image;
          written.push({ file: path, name, box: tip.box, width, height, resolutionPpi });
        }
        if (options.overlay !== undefined) {
          const boxes = tips.map(({ tip }) => tip.box);
          await output.save(options.overlay, await encodePng(segmentationOverlay(image, boxes)));
        }
        output.answer({ type: 'segmentation', file, outcome, fingertips: written }, [
          `${file}: ${outcome}, ${written.length} fingertips`,
          ...written.map(
            ({ file: path, width, height, box }) =>
              `  ${path}  ${width} x ${height}, was turned by ${box.rotationDeg.toFixed(1)}°`,
          ),
        ]);
        if (outcome !== 'segmented') output.judgeBad();
      }),
    );
}

interface NamedTip {
  readonly name: string;
  readonly tip: Fingertip;
}

/** The fingertips by the names of their fingers where they are known, else by number. */
function segmented(
  image: GreyImage,
  slap: SlapPosition | undefined,
): { readonly outcome: string; readonly tips: readonly NamedTip[] } {
  if (slap === undefined) {
    const found = findFingertips(image);
    return { outcome: found.length === 0 ? 'too-few-fingers' : 'segmented', tips: numbered(found) };
  }
  const result = segmentSlap(image, slap);
  if (result.outcome !== 'segmented') return { outcome: result.outcome, tips: numbered(result.found) };
  const tips = result.segments.map((tip) => ({ name: tip.finger, tip }));
  return { outcome: result.outcome, tips };
}

function numbered(tips: readonly Fingertip[]): readonly NamedTip[] {
  return tips.map((tip, i) => ({ name: String(i + 1), tip }));
}
