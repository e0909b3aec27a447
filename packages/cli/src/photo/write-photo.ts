import { assessPhoto, type CroppedPhoto, type PhotoFile } from '@buergerkoffer/camera/photo';
import type { Output } from '../output.js';
import { cutFace, type CutOptions } from './cut-face.js';
import { FaceFinder } from './face-finder.js';
import { tellRefusal } from './tell-refusal.js';
import { toldColours } from './told-colours.js';

/** What a command that makes a picture is told. */
export interface MakeOptions extends CutOptions {
  readonly out: string;
}

/**
 * Cuts the picture out of a photo, makes a file of it and writes that, or says why there is none. Geometry alone
 * refuses; what the criteria say about the picture is told.
 */
export async function writePhoto<F extends PhotoFile>(
  output: Output,
  operation: string,
  file: string,
  options: MakeOptions,
  make: (cropped: CroppedPhoto) => Promise<F>,
): Promise<void> {
  const finder = new FaceFinder();
  // What an error is about.
  let failing = file;
  try {
    const { cut } = await cutFace(file, options, finder, output.input);
    if (cut.type === 'refused') {
      tellRefusal(output, operation, file, cut.refusal);
      return;
    }
    const { cropped, known } = cut;
    const { bytes, ...made } = await make(cropped);
    await output.save(options.out, bytes).catch((error: unknown) => {
      failing = options.out;
      throw error;
    });
    const { total, criteria } = assessPhoto(cropped.image, known);
    const failed = criteria.filter(({ verdict }) => verdict === 'nok').map(({ id }) => id);
    const colours = toldColours(known.unknownColours);
    output.answer(
      {
        ...{ type: 'photo', operation, file, out: options.out, ...made, bytes: bytes.length, total, failed },
        ...colours.json,
      },
      [
        `${options.out}: ${made.widthPx} x ${made.heightPx}, ${bytes.length} bytes`,
        ...colours.lines,
        ...(failed.length === 0
          ? []
          : [`  ! criteria not met: ${failed.join(', ')}; see koffer photo check`]),
      ],
    );
  } catch (error) {
    output.fail(error, failing);
  } finally {
    await finder.close();
  }
}
