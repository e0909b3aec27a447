import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { GreyImage } from '@buergerkoffer/formats';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

const { resolve } = createRequire(import.meta.url);
const wasm = new Uint8Array(readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm')));
void prepareZXingModule({ overrides: { wasmBinary: wasm.buffer }, fireImmediately: true });

/** What an outside reader finds in the Data Matrix symbols of a picture. */
export async function readSymbols({ width, height, data }: GreyImage): Promise<readonly string[]> {
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let at = 0; at < data.length; at++) rgba.fill(data[at] ?? 255, at * 4, at * 4 + 3);
  const found = await readBarcodes(
    { data: rgba, width, height, colorSpace: 'srgb' },
    { formats: ['DataMatrix'] },
  );
  return found.map(({ text }) => text);
}
