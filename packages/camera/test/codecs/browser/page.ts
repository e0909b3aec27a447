import { loadCodecs } from '../../../src/codecs/index.js';

/** What the page of the browser test offers to it. */
export interface CodecPage {
  /** Decodes a JPEG, writes its pixels as lossless JPEG 2000 and reads them again; all bytes are Base64. */
  thereAndBack(
    jpegWasm: string,
    jpeg2000Wasm: string,
    photo: string,
  ): Promise<{ readonly width: number; readonly height: number; readonly isSame: boolean }>;
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const page: CodecPage = {
  async thereAndBack(jpegWasm, jpeg2000Wasm, photo) {
    const { jpeg, jpeg2000 } = loadCodecs({ jpeg: bytesOf(jpegWasm), jpeg2000: bytesOf(jpeg2000Wasm) });
    const { width, height, channels, data } = await jpeg.decode(bytesOf(photo));
    const image = { width, height, channels, data } as Parameters<typeof jpeg2000.encode>[0];
    const back = await jpeg2000.decode(await jpeg2000.encode(image, { type: 'lossless' }));
    return { width, height, isSame: back.data.every((value, at) => value === data[at]) };
  },
};

Object.assign(globalThis, { page });
