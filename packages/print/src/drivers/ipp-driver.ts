import { defineDriver, type DeviceDriver, type TlsOptions } from '@buergerkoffer/core';
import type { JobJournal } from '../jobs/job-journal.js';
import type { PageRenderer } from '../page-renderer.js';
import { PRINTER, type Printer } from '../printer.js';
import { addressOf } from './ipp-address.js';
import { openIppPrinter } from './open-ipp-printer.js';

/** How printing is done, on whichever way to the printer. */
export interface IppPrinterOptions {
  /** Where jobs are remembered. Default in memory, for as long as the driver lives. */
  readonly journal?: JobJournal;
  /** Makes raster of PDF, for printers that take no PDF. Default none: such a printer refuses PDF. */
  readonly renderer?: PageRenderer;
  /** The longest pause between two questions while a job runs, in milliseconds. Default 1000. */
  readonly pollMs?: number;
  /** How long a printer may be away before it counts as lost, in milliseconds. Default 15 000. */
  readonly toleranceMs?: number;
  /** How often an open printer is asked whether it is still there, in milliseconds. Default 15 000. */
  readonly watchMs?: number;
}

/** How printers on the network are reached. */
export interface IppDriverOptions extends IppPrinterOptions {
  /** What certificates are trusted, for `ipps`; printers sign theirs themselves: pin it. */
  readonly tls?: TlsOptions;
  /** Only `ipps`: what is printed does not go over the network in the clear. Default false. */
  readonly onlyEncrypted?: boolean;
}

/** Printers on the network that speak IPP: what announces itself as `_ipp._tcp` or `_ipps._tcp`, and what the configuration names ({@link ippPort}). */
export function ippDriver(options: IppDriverOptions = {}): DeviceDriver<Printer, 'http'> {
  const { tls, onlyEncrypted = false, ...printing } = options;
  return defineDriver<Printer, 'http'>({
    id: 'ipp',
    kind: PRINTER,
    bus: 'http',
    matches: [{ service: '_ipps._tcp' }, ...(onlyEncrypted ? [] : [{ service: '_ipp._tcp' }])],
    openOptions: tls === undefined ? {} : { tls },
    open: (http, { port, signal }) => openIppPrinter(http, addressOf(port), printing, signal),
  });
}
