import { InputError } from '@buergerkoffer/formats';

/** A part of a picture in its pixels, from the top left corner of the picture as displayed (after its Exif orientation). */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A JPEG or PNG file to be placed; what lies outside `crop` is hidden, the file itself is embedded as it is. */
export interface Picture {
  readonly bytes: Uint8Array;
  /** Default: as much of the middle of the picture as has the shape of its place. */
  readonly crop?: Crop;
}

const MAX_BYTES = 32 * 1024 * 1024;
const MAX_PIXELS = 100_000_000;

/** The largest rectangle in the middle of `width` x `height` pixels that has the aspect (width / height) asked for. */
export function centreCrop(width: number, height: number, aspect: number): Crop {
  const cropWidth = Math.min(width, height * aspect);
  const cropHeight = Math.min(height, width / aspect);
  return { x: (width - cropWidth) / 2, y: (height - cropHeight) / 2, width: cropWidth, height: cropHeight };
}

/**
 * Nothing when the file can be embedded unchanged in PDF/A: a grey or RGB JPEG, or an 8-bit PNG without transparency and
 * interlacing whose pixel data is complete. @throws InputError `malformed truncated too-large unsupported` with the path given.
 */
export async function checkPicture(bytes: Uint8Array, path: string): Promise<void> {
  if (bytes.length > MAX_BYTES) {
    throw new InputError('too-large', `the picture has more than ${MAX_BYTES} bytes`, { path });
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    checkJpeg(bytes, path);
  } else if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) {
    await checkPng(bytes, path);
  } else {
    throw new InputError('unsupported', 'the picture is neither JPEG nor PNG', { path });
  }
}

/** Walks the segments up to the frame header (ISO/IEC 10918-1, B.2.2) and asks for the end marker. */
function checkJpeg(bytes: Uint8Array, path: string): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 2;
  for (;;) {
    while (view.byteLength > at + 1 && view.getUint8(at) === 0xff && view.getUint8(at + 1) === 0xff) at++;
    if (at + 4 > view.byteLength) throw truncated('JPEG', path, at);
    const marker = view.getUint16(at);
    const length = view.getUint16(at + 2);
    if (marker < 0xffc0 || marker === 0xffd9 || marker === 0xffda || length < 2) {
      throw new InputError('malformed', 'the JPEG has no frame header', { path, offset: at });
    }
    if (isFrame(marker)) {
      if (at + 10 > view.byteLength) throw truncated('JPEG', path, at);
      checkSize(view.getUint16(at + 7), view.getUint16(at + 5), path);
      const components = view.getUint8(at + 9);
      if (components !== 1 && components !== 3) {
        throw new InputError(
          'unsupported',
          `a JPEG of ${components} components; grey and RGB can be placed`,
          { path },
        );
      }
      break;
    }
    at += 2 + length;
  }
  const tail = bytes.subarray(Math.max(at, bytes.length - 1024));
  if (!tail.some((byte, index) => byte === 0xff && tail[index + 1] === 0xd9)) {
    throw truncated('JPEG', path, bytes.length);
  }
}

/** Baseline, extended and progressive Huffman frames: what PDF's DCTDecode reads. */
function isFrame(marker: number): boolean {
  return marker === 0xffc0 || marker === 0xffc1 || marker === 0xffc2;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Samples per pixel of the colour types without alpha (PNG, third edition, 11.2.1). */
const PNG_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1 };

async function checkPng(bytes: Uint8Array, path: string): Promise<void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 33) throw truncated('PNG', path, view.byteLength);
  const [width, height, depth] = [view.getUint32(16), view.getUint32(20), view.getUint8(24)];
  const channels = PNG_CHANNELS[view.getUint8(25)];
  if (channels === undefined || depth > 8 || view.getUint8(28) !== 0) {
    throw new InputError(
      'unsupported',
      'a PNG with alpha, 16-bit samples or interlacing; save it flat with 8 bits',
      { path },
    );
  }
  checkSize(width, height, path);
  const data: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 8; ;) {
    if (at + 12 > view.byteLength) throw truncated('PNG', path, at);
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > view.byteLength) throw truncated('PNG', path, at);
    if (type === 'IEND') break;
    if (type === 'tRNS')
      throw new InputError('unsupported', 'a PNG with transparency; save it flat', { path });
    if (type === 'IDAT') data.push(Uint8Array.from(bytes.subarray(at + 8, at + 8 + length)));
    at += 12 + length;
  }
  const expected = (Math.ceil((width * channels * depth) / 8) + 1) * height;
  if ((await inflatedSize(data, expected, path)) !== expected) {
    throw new InputError('malformed', 'the pixel data of the PNG does not have the size of the picture', {
      path,
    });
  }
}

async function inflatedSize(data: Uint8Array<ArrayBuffer>[], limit: number, path: string): Promise<number> {
  const reader = new Blob(data).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let size = 0;
  try {
    for (let part = await reader.read(); !part.done && size <= limit; part = await reader.read()) {
      size += part.value.length;
    }
  } catch (cause) {
    throw new InputError('malformed', 'the pixel data of the PNG cannot be decompressed', { path, cause });
  }
  if (size > limit) void reader.cancel();
  return size;
}

function checkSize(width: number, height: number, path: string): void {
  if (width === 0 || height === 0) throw new InputError('malformed', 'the picture has no pixels', { path });
  if (width * height > MAX_PIXELS) {
    throw new InputError('too-large', `the picture has more than ${MAX_PIXELS} pixels`, { path });
  }
}

function truncated(kind: string, path: string, offset: number): InputError {
  return new InputError('truncated', `the ${kind} ends before its picture does`, { path, offset });
}
