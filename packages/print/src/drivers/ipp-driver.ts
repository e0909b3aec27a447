import { defineDriver, type DeviceDriver, type TlsOptions } from '@buergerkoffer/core';
import { PRINTER, type Printer } from '../printer.js';
import { addressOf } from './ipp-address.js';
import type { IppPrinterOptions } from './ipp-printer-options.js';
import { openIppPrinter } from './open-ipp-printer.js';

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
