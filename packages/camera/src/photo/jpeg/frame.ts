import type { ByteReader } from '@buergerkoffer/formats';
import { isNamed, jpegSegments } from './segments.js';

/** What a JPEG says about one component of its picture. */
export interface FrameComponent {
  readonly id: number;
  /** Blocks across and down in each unit of the scan (MCU), 1 to 4. */
  readonly across: number;
  readonly down: number;
  /** Number of its table of factors. */
  readonly table: number;
}

/** The frame of a JPEG (ITU-T T.81, B.2.2), and what its components mean. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly FrameComponent[];
  /** Whether three components are red, green and blue rather than Y, Cb and Cr. */
  readonly isRgb: boolean;
}

const APP0 = 0xe0;
const APP14 = 0xee;
/** Of an Adobe segment: version and two flags, before the byte that says how colours were transformed. */
const ADOBE_FLAGS_BYTES = 6;

/** The frame before the first scan; `undefined` where there is none. A segment that is cut off is `InputError`. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame | undefined {
  let frame: Omit<JpegFrame, 'isRgb'> | undefined;
  let isJfif = false;
  let adobeTransform: number | undefined;
  for (const { marker, content } of jpegSegments(bytes)) {
    if (isFrameHeader(marker)) frame = readFrame(content);
    else if (marker === APP0 && isNamed(content, 'JFIF')) isJfif = true;
    else if (marker === APP14 && content.remaining >= 12 && isNamed(content, 'Adobe')) {
      content.skip(ADOBE_FLAGS_BYTES);
      adobeTransform = content.u8();
    }
  }
  return frame === undefined ? undefined : { ...frame, isRgb: !isJfif && saysRgb(frame, adobeTransform) };
}

/** Without JFIF it is Adobe's word that counts, else the names of the components. */
function saysRgb({ components }: Omit<JpegFrame, 'isRgb'>, adobeTransform: number | undefined): boolean {
  if (components.length !== 3) return false;
  if (adobeTransform !== undefined) return adobeTransform === 0;
  return components.every(({ id }, index) => id === 'RGB'.charCodeAt(index));
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function readFrame(content: ByteReader): Omit<JpegFrame, 'isRgb'> {
  content.skip(1);
  const height = content.u16();
  const width = content.u16();
  const components = Array.from({ length: content.u8() }, () => {
    const id = content.u8();
    const sampling = content.u8();
    return { id, across: sampling >> 4, down: sampling & 15, table: content.u8() };
  });
  return { width, height, components };
}
