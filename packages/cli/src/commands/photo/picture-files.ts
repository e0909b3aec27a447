import { Command } from 'commander';
import {
  chipPhoto,
  productionPhoto,
  registerPhoto,
  type CroppedPhoto,
  type ImageCodecs,
  type PhotoFile,
} from '@buergerkoffer/camera/photo';
import type { Run } from '../../command.js';
import { POINTS_HELP, withCutOptions } from '../../photo/cut-options.js';
import { imageCodecs } from '../../photo/open-photo.js';
import { writePhoto, type MakeOptions } from '../../photo/write-photo.js';

/** A file that is made of the picture. */
interface PictureFile {
  readonly name: string;
  readonly description: string;
  /** What else is to be known. */
  readonly note?: string;
  /** What it is called in the example. */
  readonly example: string;
  readonly make: (cropped: CroppedPhoto, codecs: ImageCodecs) => Promise<PhotoFile>;
}

const FILES: readonly PictureFile[] = [
  {
    name: 'crop',
    description: 'Cut the ID photo out of a photo: JPEG of 1244 x 1600 for the register',
    example: 'crop.jpg',
    make: registerPhoto,
  },
  {
    name: 'production',
    description: 'The picture for production: lossless JPEG 2000 of 622 x 800',
    example: 'production.jp2',
    make: productionPhoto,
  },
  {
    name: 'chip',
    description: "Preview of the chip's picture: JPEG 2000 of 622 x 800 in 16450 to 17320 bytes",
    note: "The coding proper is the document producer's; this shows what will be left of the picture.",
    example: 'chip.jp2',
    make: chipPhoto,
  },
];

/** `koffer photo crop`, `production` and `chip`. */
export function pictureFileCommands(run: Run): readonly Command[] {
  return FILES.map((file) => commandOf(run, file));
}

function commandOf(run: Run, picture: PictureFile): Command {
  const { name, description, make } = picture;
  const command = new Command(name)
    .description(description)
    .argument('<file>', 'JPEG or PNG photo, or - for standard input')
    .requiredOption('-o, --out <file>', 'the file to write');
  return withCutOptions(command)
    .addHelpText('after', helpOf(picture))
    .action(
      run(async (output, file: string, options: MakeOptions) => {
        await writePhoto(output, name, file, options, (cropped) => make(cropped, imageCodecs()));
      }),
    );
}

function helpOf({ name, note, example }: PictureFile): string {
  return `
The photo is a JPEG or PNG. The eyes are made level, the picture is made smaller where it must be and never larger, and
nothing else is done to it; what was done is told. Where the photo does not allow that, nothing is written (exit code 1).
${note === undefined ? '' : `\n${note}\n`}${POINTS_HELP}

Example:
  $ koffer photo ${name} DSC_0042.JPG -o ${example}`;
}
