import type { DeviceInfo } from '@buergerkoffer/core';
import {
  seededRandom,
  simulate,
  type KnownFaults,
  type Simulated,
  type SimulatedWorld,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import { PRINTER, type Printer, type PrinterCapabilities, type Supply } from '../printer.js';
import { ConnectedPrinter } from './connected-printer.js';
import { PaperPath, type PrintedDocument } from './paper-path.js';

/** How a simulated printer is built. */
export interface SimulatedPrinterOptions extends SimulationOptions {
  /** Overrides: default PDF and JPEG, colour, all sides, A4. */
  readonly capabilities?: Partial<PrinterCapabilities>;
  /** Default: black toner at a seeded level. */
  readonly supplies?: readonly Supply[];
}

/** A simulated printer on the table, with the paper that came out of it. */
export interface SimulatedPrinter extends Simulated<Printer> {
  /** What came out, oldest first; it stays when the printer is unplugged. */
  readonly printed: readonly PrintedDocument[];
}

const INFO: DeviceInfo = { maker: 'Bürgerkoffer SDK', model: 'Simulated A4 printer', simulated: true };
const PACE_MS = 20;
const FAULTS: KnownFaults = {
  thing: 'a simulated printer',
  operations: {
    print: ['paper-out', 'jam', 'time-out', 'stall', 'vanish'],
    status: ['time-out', 'stall', 'vanish'],
  },
};
const A4_OFFICE: PrinterCapabilities = {
  documentFormats: ['application/pdf', 'image/jpeg'],
  color: true,
  sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
  media: ['iso_a4_210x297mm'],
};

/**
 * A printer that keeps what it prints, one page every `paceMs` (default 20) milliseconds. When the line breaks in a job it goes on alone, as
 * real ones do. Faults of `print`, before the second page or the only one: `paper-out`, `jam` (until `faults.clear()`), `time-out` (silence),
 * `stall` (nonsense), `vanish`; of `status`: `time-out`, `stall`, `vanish`. Any other is refused with `unsupported` here, or when it is planned.
 */
export function simulatedPrinter(options: SimulatedPrinterOptions = {}): SimulatedPrinter {
  const random = seededRandom(options.seed ?? 1).fork('printer');
  const supplies = options.supplies ?? [
    { type: 'toner', color: 'black', levelPercent: random.integer(40, 95) },
  ];
  const firstJobId = random.integer(1, 200);
  let paper: PaperPath | undefined;
  const open = (world: SimulatedWorld): ConnectedPrinter => {
    paper ??= new PaperPath(world.faults, firstJobId);
    return new ConnectedPrinter({
      ...world,
      capabilities: { ...A4_OFFICE, ...options.capabilities },
      supplies,
      paper,
      paceMs: options.paceMs ?? PACE_MS,
    });
  };
  const simulated = simulate(PRINTER, INFO, options, open, FAULTS);
  return {
    ...simulated,
    get printed() {
      return paper?.printed ?? [];
    },
  };
}
