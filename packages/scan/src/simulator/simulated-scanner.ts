import { DeviceError, type DeviceInfo } from '@buergerkoffer/core';
import {
  simulate,
  type KnownFaults,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import { DOCUMENT_SCANNER, type DocumentScanner, type ScannerCapabilities } from '../document-scanner.js';
import { checkDrawnDocument } from '../synthesis/document.js';
import { OpenSimulatedScanner } from './open-scanner.js';
import type { SimulatedDocument } from './simulated-document.js';

/** What a simulated scanner can be told. `paceMs`, the time per page, is 30 by default. */
export interface SimulatedDocumentScannerOptions extends SimulationOptions {
  /**
   * What there is to scan, default one page. The feeder takes all of them at each scan; the glass takes the next one
   * at each scan, and after the last the first again. Must not be empty.
   */
  readonly documents?: readonly SimulatedDocument[];
  readonly capabilities?: Partial<ScannerCapabilities>;
}

const PACE_MS = 30;
const FAULTS: KnownFaults = {
  thing: 'a simulated scanner',
  operations: {
    scan: ['time-out', 'stall', 'vanish', 'jam', 'paper-out'],
    status: ['time-out', 'stall', 'vanish'],
  },
};
const CAPABILITIES: ScannerCapabilities = {
  sources: ['platen', 'adf'],
  duplex: true,
  resolutionsPpi: [75, 150, 200, 300, 600],
  colorModes: ['BlackAndWhite1', 'Grayscale8', 'RGB24'],
  maxWidthMm: 210,
  maxHeightMm: 297,
};

/**
 * A scanner on the table that draws what lies on it.
 *
 * `scan` knows the faults `time-out`, `stall` and `vanish` (after the first page), with the feeder also `jam` (in the
 * second page, or in the only one) and `paper-out` (before the first); `status` knows `time-out`, `stall` and `vanish`.
 * Any other is refused with `unsupported` here, or when it is planned; the feeder's two fail a scan from the glass
 * with it. Throws `invalid-request` for no documents or for 16-bit
 * colour modes, which it cannot draw, and `InputError` for impossible MRZ lines.
 */
export function simulatedDocumentScanner(
  options: SimulatedDocumentScannerOptions = {},
): Simulated<DocumentScanner> {
  const seed = options.seed ?? 1;
  const documents = options.documents ?? ['page'];
  const capabilities = { ...CAPABILITIES, ...options.capabilities };
  const [first, ...others] = documents;
  if (first === undefined)
    throw new DeviceError('invalid-request', 'documents must not be empty', { path: 'documents' });
  documents.forEach((document, i) => {
    if (document === 'page' || !('image' in document)) checkDrawnDocument(document, `documents[${i}]`);
  });
  if (capabilities.colorModes.some((mode) => mode === 'Grayscale16' || mode === 'RGB48'))
    throw new DeviceError('invalid-request', 'a simulated scanner has no 16-bit colour modes', {
      path: 'capabilities.colorModes',
    });
  const info: DeviceInfo = {
    maker: 'Bürgerkoffer SDK',
    model: 'Simulated document scanner',
    serialNumber: `SIM-SCAN-${seed}`,
    ...options.info,
    simulated: true,
  };
  let laid = 0;
  return simulate<DocumentScanner>(
    DOCUMENT_SCANNER,
    info,
    options,
    (world) =>
      new OpenSimulatedScanner(world, {
        info,
        capabilities,
        seed,
        paceMs: options.paceMs ?? PACE_MS,
        feeder: [first, ...others],
        nextOnGlass: () => documents[laid++ % documents.length] ?? first,
      }),
    FAULTS,
  );
}
