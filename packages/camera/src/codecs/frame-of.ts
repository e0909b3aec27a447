import type { DecodedImage } from '@buergerkoffer/formats';
import type { FrameInfo } from './modules.js';

/** What an encoder is told about an image. */
export function frameOf({ width, height, channels }: DecodedImage): FrameInfo {
  return { width, height, bitsPerSample: 8, componentCount: channels, isSigned: false };
}
