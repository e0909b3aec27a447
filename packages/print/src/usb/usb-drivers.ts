import { defineDriver, type DeviceDriver } from '@buergerkoffer/core';
import type { IppPrinterOptions } from '../drivers/ipp-printer-options.js';
import { openIppPrinter } from '../drivers/open-ipp-printer.js';
import { PRINTER, type Printer } from '../printer.js';
import { UsbHttpTransport } from './http-over-usb.js';
import { openClassPrinter } from './open-class-printer.js';

/** What a printer on USB is called in its own requests (IPP over USB 1.0). */
const ADDRESS = { printerUri: 'ipp://localhost/ipp/print', path: '/ipp/print' };

/**
 * Printers that speak IPP over USB (class 7, 1, 4): everything that they can on a network. In most it is a second setting of interfaces
 * whose first one is the plain class, which the kernel's usblp has taken.
 */
export function ippUsbDriver(options: IppPrinterOptions = {}): DeviceDriver<Printer, 'usb'> {
  return defineDriver<Printer, 'usb'>({
    id: 'ipp-usb',
    kind: PRINTER,
    bus: 'usb',
    matches: [{ interfaceClass: 7, interfaceSubclass: 1, interfaceProtocol: 4 }],
    openOptions: { detachKernelDriver: true },
    busyRemedy:
      'another program has the printer: end it (`systemctl stop ipp-usb`), or print through it at ipp://localhost:60000/ipp/print',
    open: (usb, { signal }) => openIppPrinter(new UsbHttpTransport(usb), ADDRESS, options, signal),
  });
}

/**
 * Printers of the plain USB class (7, 1, 1 and 2) that understand PDF or PWG raster: a document goes in, and little comes back. Where a
 * printer has both, IPP over USB is the better way.
 */
export function usbPrinterDriver(options: IppPrinterOptions = {}): DeviceDriver<Printer, 'usb'> {
  return defineDriver<Printer, 'usb'>({
    id: 'usb-printer',
    kind: PRINTER,
    bus: 'usb',
    matches: [
      { interfaceClass: 7, interfaceSubclass: 1, interfaceProtocol: 2 },
      { interfaceClass: 7, interfaceSubclass: 1, interfaceProtocol: 1 },
    ],
    openOptions: { detachKernelDriver: true },
    busyRemedy: 'another program has the printer: remove its queue from CUPS, or print through that queue',
    open: openClassPrinter(options),
  });
}
