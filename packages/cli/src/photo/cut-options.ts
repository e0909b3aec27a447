import { InvalidArgumentError, Option, type Command } from 'commander';
import type { ManualCrop } from '@buergerkoffer/camera/photo';
import { numberOf } from '../numbers.js';

/** Adds the options that say how a photo is cut. */
export function withCutOptions(command: Command): Command {
  return command
    .option('--points <file>', 'points of the face as JSON, placed by hand, instead of looking for them')
    .addOption(
      new Option('--template <name>', 'whom the picture shows')
        .choices(['adult', 'child', 'infant'])
        .default('adult'),
    )
    .option('--region <x1,y1,x2,y2>', 'cut this rectangle, in pixels of the upright photo', regionOf)
    .option('--rotate <degrees>', 'turn the picture clockwise from the photo as it is, 0 to 360', numberOf);
}

/** How the points of a face are given to a command. */
export const POINTS_HELP = `
Points are { "rightEyeOuter": [x, y], "rightEyeInner": …, "leftEyeInner": …, "leftEyeOuter": …, "chin": … } in pixels of the
upright photo, right and left being the person's own; further ones are crown, headRight, headLeft, mouthRight, mouthLeft, upperLip,
lowerLip, rightUpperLid, rightLowerLid, leftUpperLid, leftLowerLid, noseTip.`;

function regionOf(text: string): NonNullable<ManualCrop['region']> {
  const [x1, y1, x2, y2, ...more] = text.split(',').map(numberOf);
  if (x1 === undefined || y1 === undefined || x2 === undefined || y2 === undefined || more.length > 0)
    throw new InvalidArgumentError('give four numbers: x1,y1,x2,y2');
  return { x1, y1, x2, y2 };
}
