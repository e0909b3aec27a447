import { imageKind, InputError, readJpegInfo } from '@buergerkoffer/formats';
import { embeddable } from '../pdf/picture.js';
import type { Scan } from './place-scan.js';

/** A scanned page. */
export interface CopyPage {
  /** A JPEG (grey or RGB) or PNG file. */
  readonly bytes: Uint8Array;
  /** Pixels per inch, where the file does not say or says it wrong. */
  readonly resolutionPpi?: number;
}

/** The page as it can be embedded. @throws InputError with a path below `pages`. */
export async function readScan({ bytes, resolutionPpi }: CopyPage, index: number): Promise<Scan> {
  const path = `pages.${index}`;
  if (resolutionPpi !== undefined && !(resolutionPpi >= 50 && resolutionPpi <= 4800)) {
    throw new InputError('out-of-range', 'a scan has 50 to 4800 pixels per inch', {
      path: `${path}.resolutionPpi`,
    });
  }
  const picture = await embeddable(bytes, path);
  const told =
    resolutionPpi ?? (imageKind(bytes) === 'jpeg' ? readJpegInfo(bytes).resolutionPpi : pngResolution(bytes));
  return { bytes: picture, resolutionPpi: told };
}

/** Of the `pHYs` chunk, in pixels a metre (PNG, 11.3.4.3). */
function pngResolution(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 21 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (type === 'IDAT') return undefined;
    if (type === 'pHYs' && bytes[at + 16] === 1) return view.getUint32(at + 8) * 0.0254;
  }
  return undefined;
}
