import { DeviceError } from '@buergerkoffer/core';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { SymbolReader } from '../epassfoto/symbol-reader.js';
import { zxingSymbols } from '../epassfoto/zxing-symbols.js';

/**
 * A reader of DataMatrix symbols in a browser or worker. `wasm` is the address where the app itself serves
 * `zxing-wasm/reader/zxing_reader.wasm`; no other server is asked. `DeviceError('not-found')` when it is not there.
 */
export async function openSymbolReader(wasm: URL, signal?: AbortSignal): Promise<SymbolReader> {
  const response = await fetch(wasm, signal === undefined ? {} : { signal });
  if (!response.ok)
    throw new DeviceError('not-found', `${wasm.pathname} is not served: status ${response.status}`, {
      remedy: 'serve zxing_reader.wasm of zxing-wasm beside the app',
    });
  const wasmBinary = await response.arrayBuffer();
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true });
  return zxingSymbols(readBarcodes);
}
