import { greyImage, type GreyImage } from '@buergerkoffer/formats';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { prepareZXingModule, writeBarcode } from 'zxing-wasm/writer';
import { ticketOnImage, type SymbolReader } from '../../src/epassfoto/index.js';
import { sampleWindow } from '../../src/landmarks/image-window.js';
import { openSymbolReader } from '../../src/node/symbol-reader.js';
import { rgbImage } from '@buergerkoffer/formats';
import { barcode } from '../epassfoto/own-barcode.js';

const require = createRequire(import.meta.url);
let reader: SymbolReader;

beforeAll(async () => {
  const wasm = readFileSync(require.resolve('zxing-wasm/writer/zxing_writer.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });
  reader = await openSymbolReader();
}, 60_000);

/** A DataMatrix symbol of `text` on white paper, modules of so many pixels. */
async function printed(text: string, scale = 6): Promise<GreyImage> {
  const { symbol } = await writeBarcode(text, { format: 'DataMatrix', scale: 1 });
  const quiet = 4;
  const width = (symbol.width + 2 * quiet) * scale;
  const height = (symbol.height + 2 * quiet) * scale;
  const data = new Uint8Array(width * height).fill(255);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor((at % width) / scale) - quiet;
    const y = Math.floor(at / width / scale) - quiet;
    if (x >= 0 && y >= 0 && x < symbol.width && y < symbol.height)
      data[at] = symbol.data[y * symbol.width + x] ?? 255;
  }
  return greyImage({ width, height, data });
}

/** The print as a camera sees it: turned and a little smaller, on grey. */
function photographed(print: GreyImage, degrees: number): ReturnType<typeof rgbImage> {
  const rgb = rgbImage({
    width: print.width,
    height: print.height,
    data: Uint8Array.from({ length: print.data.length * 3 }, (_, at) => print.data[Math.floor(at / 3)] ?? 0),
  });
  const side = Math.max(print.width, print.height);
  const window = {
    centre: { x: print.width / 2, y: print.height / 2 },
    side: side * 1.5,
    angle: (degrees * Math.PI) / 180,
  };
  const data = Uint8Array.from(
    sampleWindow(rgb, window, Math.round(side * 1.2), { gain: 0.7, offset: 40 }),
    Math.round,
  );
  return rgbImage({ width: Math.round(side * 1.2), height: Math.round(side * 1.2), data });
}

describe("a photographer's print", () => {
  it('gives the ticket, straight or turned', async () => {
    const print = await printed(barcode());
    expect((await ticketOnImage(print, reader)).photoId).toBe('00010203-0405-0607-0809-0a0b0c0d0e0f');
    for (const degrees of [14, 100])
      expect((await ticketOnImage(photographed(print, degrees), reader)).address.host).toBe('cloud.example');
  }, 60_000);

  it('without a symbol, or with another one, is refused', async () => {
    const blank = greyImage({ width: 200, height: 100, data: new Uint8Array(20_000).fill(250) });
    await expect(ticketOnImage(blank, reader)).rejects.toMatchObject({ code: 'missing' });
    await expect(ticketOnImage(await printed('https://example.org'), reader)).rejects.toMatchObject({
      kind: 'input',
    });
  }, 60_000);

  it('with two tickets is refused: nobody knows which is meant', async () => {
    const texts = [barcode(), barcode({ address: 'https://other.example' })];
    const both: SymbolReader = { read: () => Promise.resolve(texts) };
    const image = greyImage({ width: 1, height: 1 });
    await expect(ticketOnImage(image, both)).rejects.toMatchObject({ code: 'not-allowed' });
  });
});
