import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { DeviceError } from '@buergerkoffer/core';
import type { SymbolReader } from '../epassfoto/symbol-reader.js';
import { zxingSymbols } from '../epassfoto/zxing-symbols.js';

const require = createRequire(import.meta.url);

/**
 * A reader of DataMatrix symbols from the optional package zxing-wasm (ZXing-C++). Reads installed files only, never the network.
 * `DeviceError('unsupported')` with the remedy when it is not installed.
 */
export async function openSymbolReader(): Promise<SymbolReader> {
  try {
    const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
    const wasm = await readFile(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
    // Given the bytes, the module is not fetched from anywhere.
    await prepareZXingModule({
      overrides: { wasmBinary: new Uint8Array(wasm).buffer },
      fireImmediately: true,
    });
    return zxingSymbols(readBarcodes);
  } catch (cause) {
    throw new DeviceError('unsupported', 'zxing-wasm is not installed: no symbol is read', {
      cause,
      remedy: 'npm install zxing-wasm@^3.1.0, or use a scanner that types the text',
    });
  }
}
