import { firstValueFrom, map, takeUntil, timer } from 'rxjs';
import { busSource, DeviceError, DeviceManager, type Candidate, type Lease } from '@buergerkoffer/core';
import { httpBus } from '@buergerkoffer/core/node';
import {
  ippDriver,
  ippPort,
  ippUsbDriver,
  PRINTER,
  usbPrinterDriver,
  type IppPrinterOptions,
  type Printer,
} from '@buergerkoffer/print';
import type { Buses } from '../buses.js';
import { loginOf, tlsOf, type TrustOptions } from './printer-options.js';

/** How long the buses may take to list, in milliseconds. */
const LIST_MS = 5_000;

/** Opens the printer that `which` names: an address (`ipp://…`, `ipps://…`), or the port of one on USB. */
export async function openPrinter(
  buses: () => Buses,
  which: string,
  trust: TrustOptions,
  signal: AbortSignal,
  printing: IppPrinterOptions = {},
): Promise<Lease<Printer>> {
  const manager = await managerFor(buses, which, trust, printing);
  const isMeant = ({ ports }: Candidate): boolean =>
    isAddress(which) || ports.some(({ id, path }) => which === id || which === path);
  const [printer] = await firstValueFrom(
    manager.of(PRINTER).pipe(
      map((all) => all.filter(isMeant)),
      takeUntil(timer(LIST_MS)),
    ),
    { defaultValue: [] as readonly Candidate<Printer>[] },
  );
  signal.throwIfAborted();
  if (printer === undefined) {
    throw new DeviceError('not-found', 'no such printer is attached', {
      remedy: 'give its address, ipp://HOST/ipp/print, or a port that `koffer printer list` names',
    });
  }
  return manager.open(printer, { owner: 'koffer', reason: 'printing' }, signal);
}

/** Whether it is the address of a printer on the network. */
export function isAddress(which: string): boolean {
  return /^(ipps?|https?):/i.test(which);
}

async function managerFor(
  buses: () => Buses,
  which: string,
  trust: TrustOptions,
  printing: IppPrinterOptions,
): Promise<DeviceManager> {
  if (!isAddress(which)) {
    return new DeviceManager([busSource(buses().usb, [ippUsbDriver(printing), usbPrinterDriver(printing)])]);
  }
  const [tls, login] = await Promise.all([tlsOf(trust), loginOf(trust)]);
  const bus = httpBus({ ports: [ippPort(which)], probeEveryMs: 0, login: () => login });
  return new DeviceManager([
    busSource(bus, [ippDriver({ ...printing, ...(tls === undefined ? {} : { tls }) })]),
  ]);
}
