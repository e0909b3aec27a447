import { deflateSync } from 'node:zlib';
import { crc32 } from './crc32.js';

/** A greyscale PNG of `width` x `height` pixels whose pixel (x, y) is `shade(x, y)`. */
export function greyPng(width: number, height: number, shade: (x: number, y: number) => number): Uint8Array {
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = shade(x, y);
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 0, 0, 0, 0], 8);
  return joined([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

/** A PNG of a drawn head and shoulders, 600 x 800. */
export function portraitPng(): Uint8Array {
  return greyPng(600, 800, (x, y) => {
    const head = ((x - 300) / 130) ** 2 + ((y - 330) / 180) ** 2;
    const body = ((x - 300) / 270) ** 2 + ((y - 820) / 280) ** 2;
    if (head < 1) return 200 - Math.round(40 * head);
    return body < 1 ? 90 : 232;
  });
}

/** A PNG of a wavy pen stroke, 600 x 150. */
export function signaturePng(): Uint8Array {
  return greyPng(600, 150, (x, y) =>
    Math.abs(y - 75 - 45 * Math.sin(x / 24) * Math.cos(x / 90)) < 3 ? 0 : 255,
  );
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = joined([new TextEncoder().encode(type), data]);
  const out = new Uint8Array(body.length + 8);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  out.set(body, 4);
  view.setUint32(out.length - 4, crc32(body));
  return out;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}
