import { collect, expectThat, PATIENCE_MS } from '@buergerkoffer/core/testing';
import type { DocumentScanner, ScanItem, ScannedPage, ScanSettings } from '../document-scanner.js';
import { streamOf } from './stream-of.js';

/** A patience that runs out while a test waits, in milliseconds. */
export const SHORT_MS = 200;

/** The least that this scanner can do, so that the suite is quick: lowest resolution, grey where there is grey. */
export function plainSettings({ capabilities }: DocumentScanner): ScanSettings {
  const { sources, resolutionsPpi, colorModes } = capabilities;
  const grey = colorModes.find((mode) => mode === 'Grayscale8');
  const [colorMode] = grey === undefined ? colorModes : [grey];
  const [resolutionPpi] = resolutionsPpi;
  expectThat(sources.length > 0, 'the scanner names no source');
  expectThat(
    resolutionPpi !== undefined && colorMode !== undefined,
    'the scanner names no resolution or colour mode',
  );
  return {
    source: sources.includes('adf') ? 'adf' : 'platen',
    resolutionPpi,
    colorMode,
    patienceMs: PATIENCE_MS,
  };
}

/** Everything that one scan gives. */
export function itemsOf(scanner: DocumentScanner, settings: ScanSettings): Promise<readonly ScanItem[]> {
  return collect(streamOf(scanner.scan(settings)));
}

/** The complete pages among `items`. */
export function pagesOf(items: readonly ScanItem[]): readonly ScannedPage[] {
  return items.flatMap((item) => (item.type === 'page' ? [item.page] : []));
}
