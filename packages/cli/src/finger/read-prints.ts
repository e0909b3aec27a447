import type { Readable } from 'node:stream';
import { readJp2 } from '@buergerkoffer/camera/photo';
import { fingerOfCode, type FingerPosition } from '@buergerkoffer/fingerprint';
import {
  decodeFingerImage,
  type FingerCompression,
  type FingerView,
} from '@buergerkoffer/fingerprint/record';
import { decodeWsq } from '@buergerkoffer/fingerprint/wsq';
import { greyImage, imageKind, InputError, type DecodedImage, type GreyImage } from '@buergerkoffer/formats';
import { imageCodecs } from '../photo/open-photo.js';
import { readInput } from '../read-input.js';
import { MAX_FILE_BYTES, MAX_PIXELS } from './decode-image.js';
import { printOf } from './read-print.js';
import { isRecordFile, readRecordFile } from './read-record.js';

/** A print as it was stored, and decoded. */
export interface StoredPrint {
  readonly image: GreyImage;
  /** What the image went through: `none` for PGM, PNG and raw images. */
  readonly compression: FingerCompression;
  /** Of an image in a record. */
  readonly finger?: FingerPosition;
}

const LIMITS = { maxPixels: MAX_PIXELS };

/**
 * The prints in a file, or from `input` where `file` is `-`: one of a PGM, PNG, WSQ or JPEG 2000 file, all of a finger
 * image record, template or data group 3.
 */
export async function readPrints(file: string, input: Readable | undefined): Promise<readonly StoredPrint[]> {
  const bytes = await readInput(file, MAX_FILE_BYTES, input);
  if (isRecordFile(bytes)) {
    const views = readRecordFile(bytes).records.flatMap((record) => record.views);
    return Promise.all(views.map(ofView));
  }
  const kind = imageKind(bytes);
  if (kind === 'wsq') return [{ image: decodeWsq(bytes, LIMITS), compression: 'wsq' }];
  if (kind === 'jp2' || kind === 'j2k') {
    return [{ image: await fromJpeg2000(bytes), compression: 'jpeg-2000' }];
  }
  return [{ image: await printOf(bytes), compression: 'none' }];
}

async function ofView(view: FingerView): Promise<StoredPrint> {
  const { compression, position } = view;
  const finger = fingerOfCode(position);
  const image = isJpeg2000(compression) ? await jpeg2000Of(view) : decodeFingerImage(view, LIMITS);
  return { image, compression, ...(finger === undefined ? {} : { finger }) };
}

function isJpeg2000(compression: FingerCompression): boolean {
  return compression === 'jpeg-2000' || compression === 'jpeg-2000-lossless';
}

async function jpeg2000Of({ data, width, height, imagePpi, offset }: FingerView): Promise<GreyImage> {
  const image = await fromJpeg2000(data);
  if (image.width !== width || image.height !== height) {
    throw new InputError('malformed', 'the image has another size than the record states', { offset });
  }
  const [resolutionPpi] = imagePpi;
  return greyImage({ ...image, ...(resolutionPpi > 0 ? { resolutionPpi } : {}) });
}

async function fromJpeg2000(bytes: Uint8Array): Promise<GreyImage> {
  const codestream = imageKind(bytes) === 'jp2' ? readJp2(bytes).codestream : bytes;
  const image: DecodedImage = await imageCodecs().jpeg2000.decode(codestream);
  if (image.channels === 3) throw new InputError('unsupported', 'this is a colour image', { offset: 0 });
  return image;
}
