import factory from '@cornerstonejs/codec-libjpeg-turbo-8bit/wasmjs';
import { decodeBase64, greyImage, rgbImage, type DecodedImage } from '@buergerkoffer/formats';
import type { JpegModule } from '../../../src/codecs/modules.js';

/** How colour is thinned out, by the numbers of TurboJPEG. */
export const SUBSAMPLINGS = { '4:4:4': 0, '4:2:2': 1, '4:2:0': 2, '4:4:0': 4 } as const;

/** Encodes as libjpeg-turbo does; the codec of the package writes 4:4:4 alone. */
export async function jpegWriter(): Promise<
  (
    image: DecodedImage,
    quality: number,
    subsampling: keyof typeof SUBSAMPLINGS,
    isProgressive?: boolean,
  ) => Uint8Array
> {
  const module = await factory<JpegModule>({ print: () => undefined, printErr: () => undefined });
  return (image, quality, subsampling, isProgressive = false) => {
    const { width, height, channels } = image;
    const encoder = new module.JPEGEncoder();
    const frame = { width, height, bitsPerSample: 8, componentCount: channels, isSigned: false };
    encoder.getDecodedBuffer(frame).set(image.data);
    encoder.setQuality(quality);
    encoder.setProgressive(isProgressive ? 1 : 0);
    encoder.setSubSampling(SUBSAMPLINGS[subsampling] as 0);
    encoder.encode();
    const bytes = new Uint8Array(encoder.getEncodedBuffer());
    encoder.delete();
    return bytes;
  };
}

/** Waves of colour with some grain: edges, flat parts, every colour. */
export function waves(width: number, height: number, channels: 1 | 3 = 3): DecodedImage {
  const data = Uint8Array.from({ length: width * height * channels }, (_, at) => {
    const [x, y] = [Math.floor(at / channels) % width, Math.floor(at / channels / width)];
    const grain = (Math.imul(at + 1, 2_654_435_761) >>> 29) - 4;
    return 128 + 140 * Math.sin((x + 2 * y * (at % channels)) / 15) + (x < width / 2 ? 0 : grain);
  });
  return channels === 3 ? rgbImage({ width, height, data }) : greyImage({ width, height, data });
}

/** 40 x 24 pixels, 4:2:0, a restart marker behind every unit. */
export const WITH_RESTARTS = decodeBase64(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCN' +
    'l4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAAR' +
    'CAAYACgDASIAAhEBAxEB/8QAGQAAAwEBAQAAAAAAAAAAAAAAAAMEBQIG/8QAIBAAAgICAgIDAAAAAAAAAAAAAAECAwRhESESMUFRcf/EABgB' +
    'AAIDAAAAAAAAAAAAAAAAAAIEAQMF/8QAIBEAAgICAgIDAAAAAAAAAAAAAQIAAxEhBBIxQWFxwf/dAAQAAf/aAAwDAQACEQMRAD8A8vCjQ+GP' +
    'osro0VV4+iKx3g13Yn//0MWGNofDE0XqpR645YyFMpa/A2FSnr5MequM/9GKOIl76A0o40Y++gIJX2APszeW7U//0uaqNFSq8YrhdsAKK3K0' +
    'lh5mVWxzP//TsqxtDo1NviK4X2ACzEqFVdZgVMZ//9TWVMK4ty+FywABNNkgawfj9lfK5llBAXG5/9k=',
);
