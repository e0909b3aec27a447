import { extname } from 'node:path';
import { Command } from 'commander';
import {
  decodeWsq,
  DEFAULT_BIT_RATE,
  encodeWsq,
  nistComment,
  readWsqInfo,
} from '@buergerkoffer/fingerprint/wsq';
import { encodePng, greyImage, writePgm, type GreyImage } from '@buergerkoffer/formats';
import type { Run } from '../../command.js';
import { UsageError } from '../../exit-code.js';
import { MAX_FILE_BYTES } from '../../finger/decode-image.js';
import { readPrint, readRawPrint } from '../../finger/read-print.js';
import { numberOf, resolutionOf, wholeNumberOf } from '../../numbers.js';
import { readInput } from '../../read-input.js';

interface EncodeOptions {
  readonly out: string;
  readonly bitrate: number;
  readonly maxBytes?: number;
  readonly width?: number;
  readonly height?: number;
  readonly ppi?: number;
}

interface DecodeOptions {
  readonly out: string;
}

const ENCODE_HELP = `
Images are 8-bit grey PGM or PNG; with --width and --height they are raw bytes, one per pixel. German identity
documents take 0.75 bits per pixel and at most 18431 bytes (BSI TR-03121-3): a larger file is made again at lower
rates until it has 17/18 of that at least. The file says that its encoder is not certified by the FBI.

Examples:
  $ koffer finger wsq encode finger.pgm -o finger.wsq --max-bytes 18431
  $ koffer finger wsq encode finger.raw --width 416 --height 560 -o finger.wsq --json`;

const DECODE_HELP = `
The name of OUT says how the image is written: .pgm, .png, or .raw for bytes alone.

Example:
  $ koffer finger wsq decode finger.wsq -o finger.png`;

/** `koffer finger wsq`: compresses prints with WSQ, and decompresses them. */
export function wsqCommand(run: Run): Command {
  return new Command('wsq')
    .description('Compress fingerprints with WSQ, and decompress them')
    .addCommand(encodeCommand(run))
    .addCommand(decodeCommand(run));
}

function encodeCommand(run: Run): Command {
  return new Command('encode')
    .description('Compress an image with WSQ')
    .argument('<in>', 'PGM, PNG or raw image, or - for standard input')
    .requiredOption('-o, --out <file>', 'the WSQ file to write')
    .option('--bitrate <bits>', 'bits per pixel, above 0 to 8', numberOf, DEFAULT_BIT_RATE)
    .option('--max-bytes <n>', 'largest file; the rate is lowered until it fits', wholeNumberOf)
    .option('--width <pixels>', 'width of a raw image', wholeNumberOf)
    .option('--height <pixels>', 'height of a raw image', wholeNumberOf)
    .option('--ppi <n>', 'state this resolution in a NISTCOM comment (default: no comment)', resolutionOf)
    .addHelpText('after', ENCODE_HELP)
    .action(
      run(async (output, file: string, options: EncodeOptions) => {
        try {
          const { out, bitrate, maxBytes, ppi } = options;
          const image = await imageOf(file, options, output.input);
          const { bytes, bitRate } = encodeWsq(image, {
            bitRate: bitrate,
            ...(maxBytes === undefined ? {} : { maxBytes }),
            ...(ppi === undefined
              ? {}
              : { comments: [nistComment(greyImage({ ...image, resolutionPpi: ppi }), bitrate)] }),
          });
          await output.save(out, bytes);
          const { width, height } = image;
          const ratio = (width * height) / bytes.length;
          output.answer(
            { type: 'wsq', operation: 'encode', file, out, width, height, bytes: bytes.length, bitRate },
            [
              `${out}: ${width} x ${height}, ${bytes.length} bytes (${ratio.toFixed(1)} to 1, rate ${bitRate.toFixed(2)})`,
            ],
          );
        } catch (error) {
          output.fail(error, file);
        }
      }),
    );
}

function decodeCommand(run: Run): Command {
  return new Command('decode')
    .description('Decompress a WSQ file')
    .argument('<in>', 'WSQ file, or - for standard input')
    .requiredOption('-o, --out <file>', 'the .pgm, .png or .raw file to write')
    .addHelpText('after', DECODE_HELP)
    .action(
      run(async (output, file: string, { out }: DecodeOptions) => {
        const encoded = ENCODERS[extname(out).toLowerCase()];
        if (encoded === undefined) {
          throw new UsageError('--out ends with .pgm, .png or .raw', 'see koffer finger wsq decode --help');
        }
        try {
          const wsq = await readInput(file, MAX_FILE_BYTES, output.input);
          const image = decodeWsq(wsq);
          const { software, comments } = readWsqInfo(wsq);
          await output.save(out, await encoded(image));
          const { width, height, resolutionPpi } = image;
          const ppi = resolutionPpi === undefined ? {} : { resolutionPpi };
          output.answer(
            {
              ...{ type: 'wsq', operation: 'decode', file, out, width, height, ...ppi, software },
              // What comments say may be about a person.
              comments: comments.length,
            },
            [`${out}: ${width} x ${height}${resolutionPpi === undefined ? '' : `, ${resolutionPpi} ppi`}`],
          );
        } catch (error) {
          output.fail(error, file);
        }
      }),
    );
}

/** How images are written, by the end of the file's name. */
const ENCODERS: Readonly<Record<string, (image: GreyImage) => Uint8Array | Promise<Uint8Array>>> = {
  '.pgm': writePgm,
  '.png': (image) => encodePng(image),
  '.raw': ({ data }) => data,
};

async function imageOf(
  file: string,
  { width, height }: EncodeOptions,
  input: Parameters<typeof readPrint>[1],
): Promise<GreyImage> {
  if (width === undefined && height === undefined) return readPrint(file, input);
  if (width === undefined || height === undefined) {
    throw new UsageError('a raw image needs --width and --height', 'see koffer finger wsq encode --help');
  }
  return readRawPrint(file, width, height, input);
}
