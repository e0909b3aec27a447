import { Command, Option } from 'commander';
import {
  drawGuide,
  faultsOn,
  LIVE_STATUS_AT_REST_EASY_TEXT,
  LIVE_STATUS_EASY_TEXT,
  LIVE_STATUS_OPERATOR_TEXT,
  LIVE_STATUS_TEXT,
  type GuidanceStatus,
} from '@buergerkoffer/camera/guidance';
import { faceOfPoints, type LocatedFace } from '@buergerkoffer/camera/landmarks';
import {
  asRgb,
  CROP_SIZE,
  describeRefusal,
  faceGeometry,
  findCrop,
  photoTemplate,
  reducedUpright,
  refusalTextDe,
  scaledPoints,
  type CropFrame,
  type CropVerdict,
  type PhotoPixels,
  type PhotoTemplate,
  type TemplateName,
} from '@buergerkoffer/camera/photo';
import { encodePng } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { POINTS_HELP } from '../../photo/cut-options.js';
import { FaceFinder } from '../../photo/face-finder.js';
import { openPhoto, readPointsFile } from '../../photo/open-photo.js';

interface Options {
  readonly overlay?: string;
  readonly points?: string;
  readonly template: TemplateName;
}

/** Longer side of the overlay, in pixels: it is for looking at. */
const OVERLAY_PX = 1600;

const HELP = `
Says what the person in front of the camera should do, as the live view would, in German and in the manner of Leichte Sprache (in
JSON also for somebody who cannot move, and what the clerk does with the camera then), and draws over the photo the frame of the picture, the template's lines and the points of the face. The overlay is at most
${OVERLAY_PX} pixels long and never for the document. The exit code is 1 when there is not exactly one face.
${POINTS_HELP}

Example:
  $ koffer photo guide DSC_0042.JPG --overlay guide.png`;

/** `koffer photo guide`: the template over a photo, and what to do better. */
export function guideCommand(run: Run): Command {
  return new Command('guide')
    .description('What to do better: hints, and the template drawn over the photo')
    .argument('<file>', 'JPEG or PNG photo, or - for standard input')
    .option('--overlay <file>', 'PNG to write: the photo with frame, template and points')
    .option('--points <file>', 'points of the face as JSON, placed by hand, instead of looking for them')
    .addOption(
      new Option('--template <name>', 'whom the picture shows')
        .choices(['adult', 'child', 'infant'])
        .default('adult'),
    )
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: Options) => {
        const pixels = await openPhoto(file, output.input);
        const faces = await facesOn(pixels, options.points, output.input);
        const { widthPx, heightPx } = pixels;
        const still = { widthPx, heightPx };
        const faults = faultsOn({ ...still, faces, atMs: 0 }, { still });
        const template = photoTemplate(options.template);
        const [face] = faces;
        const crop = face === undefined ? undefined : findCrop(pixels, face.points, template);
        if (options.overlay !== undefined)
          await output.save(options.overlay, await drawn(pixels, template, face, crop));
        const isGood = faults.length === 0 && crop?.type === 'fits';
        const hints: readonly GuidanceStatus[] = isGood ? ['FaceRecognized'] : faults;
        output.answer(
          {
            ...{ type: 'photo', operation: 'guide', file, faces: faces.length, template: options.template },
            hints: hints.map((status) => ({
              status,
              text: LIVE_STATUS_TEXT[status],
              easy: LIVE_STATUS_EASY_TEXT[status],
              operator: LIVE_STATUS_OPERATOR_TEXT[status],
              atRest: LIVE_STATUS_AT_REST_EASY_TEXT[status],
            })),
            ...(face === undefined ? {} : { points: face.points, pose: face.pose }),
            ...(crop?.type === 'fits' ? { frame: crop.frame } : {}),
            ...(crop?.type === 'refused'
              ? {
                  refusal: crop.refusal,
                  ...describeRefusal(crop.refusal),
                  clerk: refusalTextDe(crop.refusal),
                }
              : {}),
            ...(options.overlay === undefined ? {} : { overlay: options.overlay }),
          },
          [
            `${file}: ${faces.length === 1 ? 'one face' : `${faces.length} faces`}`,
            ...hints.map((status) => `  ${status}: ${LIVE_STATUS_TEXT[status]}`),
            ...(crop?.type === 'refused' ? told(describeRefusal(crop.refusal)) : []),
          ],
        );
        if (face === undefined || faults.includes('MultipleFaces')) output.judgeBad();
      }),
    );
}

function told({ message, remedy }: { readonly message: string; readonly remedy: string }): readonly string[] {
  return [`  ! ${message}`, `    → ${remedy}`];
}

/** The face whose points the file has, or those that are found. */
async function facesOn(
  pixels: PhotoPixels,
  pointsFile: string | undefined,
  input: Parameters<typeof readPointsFile>[1],
): Promise<readonly LocatedFace[]> {
  if (pointsFile !== undefined) return [faceOfPoints(await readPointsFile(pointsFile, input))];
  const finder = new FaceFinder();
  try {
    return await finder.find(pixels);
  } finally {
    await finder.close();
  }
}

async function drawn(
  pixels: PhotoPixels,
  template: PhotoTemplate,
  face: LocatedFace | undefined,
  crop: CropVerdict | undefined,
): Promise<Uint8Array> {
  const { image, scale } = reducedUpright(pixels, OVERLAY_PX);
  const frame = crop?.type === 'fits' ? crop.frame : wantedFrame(pixels, template, face);
  const guide = {
    template,
    frame: {
      centre: { x: frame.centre.x / scale, y: frame.centre.y / scale },
      heightPx: frame.heightPx / scale,
      turnedDeg: frame.turnedDeg,
    },
    ...(face === undefined ? {} : { points: scaledPoints(face.points, 1 / scale) }),
  };
  return encodePng(drawGuide(asRgb(image), guide));
}

/** Where the picture would lie if it fitted: around the face, in the middle of the photo where there is none. */
function wantedFrame(pixels: PhotoPixels, template: PhotoTemplate, face: LocatedFace | undefined): CropFrame {
  const { widthPx, heightPx } = pixels;
  if (face === undefined) {
    const height = Math.min(heightPx, (widthPx * CROP_SIZE.heightPx) / CROP_SIZE.widthPx);
    return { centre: { x: widthPx / 2, y: heightPx / 2 }, heightPx: height, turnedDeg: 0 };
  }
  const { eyeMidpoint, headHeightPx, rollDeg } = faceGeometry(face.points);
  const height = headHeightPx / template.target.headHeight;
  const down = (0.5 - template.target.eyes) * height;
  const angle = (rollDeg * Math.PI) / 180;
  const centre = { x: eyeMidpoint.x - down * Math.sin(angle), y: eyeMidpoint.y + down * Math.cos(angle) };
  return { centre, heightPx: height, turnedDeg: rollDeg };
}
