import type { UsbSetup } from '@buergerkoffer/core';
import type { UsbFunction } from '../usb/virtual-usb-device.js';
import type { PrinterHindrance } from './virtual-printer.js';

/** Requests of the class (USB Printer Class 1.1, 4.2). */
const REQUEST = { deviceId: 0, portStatus: 1, softReset: 2 } as const;
/** Bits of the port status (4.2.2). */
const STATUS = { notError: 0x08, selected: 0x10, paperEmpty: 0x20 } as const;
/** Bits of the port status that differ from those of a printer that is ready. */
const CHANGED: Readonly<Record<PrinterHindrance, number>> = {
  'paper-empty': STATUS.paperEmpty | STATUS.notError,
  'not-selected': STATUS.selected,
  error: STATUS.notError,
};

/** The device class of a printer, and its only subclass (USB Printer Class 1.1, 4.1). */
export const PRINTER_CLASS = { interfaceClass: 7, interfaceSubclass: 1 } as const;
/** How an interface of that class is spoken with (4.3; IPP over USB 1.0). */
export const PROTOCOL = { unidirectional: 1, bidirectional: 2, ippOverUsb: 4 } as const;

/** What an interface of a printer answers with. */
export interface PrinterInterface {
  readonly deviceId: string;
  readonly hindrance: () => PrinterHindrance | undefined;
  readonly reset: () => void;
}

/**
 * The class requests of a printer whose interfaces are `interfaces`, by their numbers. The device id names configuration, interface and
 * setting in its own way: the interface is the upper byte of the index (4.2.1).
 */
export function printerRequests(
  interfaces: ReadonlyMap<number, PrinterInterface>,
): Required<Pick<UsbFunction, 'controlIn' | 'controlOut'>> {
  return {
    controlIn: (setup) => {
      if (!isOfClass(setup)) return undefined;
      if (setup.request === REQUEST.deviceId) return deviceId(interfaces.get(setup.index >> 8)?.deviceId);
      const one = interfaces.get(setup.index & 0xff);
      if (setup.request !== REQUEST.portStatus || one === undefined) return undefined;
      return Uint8Array.of(portStatus(one.hindrance()));
    },
    controlOut: (setup) => {
      const one = interfaces.get(setup.index & 0xff);
      if (!isOfClass(setup) || setup.request !== REQUEST.softReset || one === undefined) return false;
      one.reset();
      return true;
    },
  };
}

/** A length that counts itself, and the text (IEEE 1284). */
function deviceId(text: string | undefined): Uint8Array | undefined {
  if (text === undefined) return undefined;
  const bytes = new TextEncoder().encode(text);
  const length = bytes.length + 2;
  return Uint8Array.of(length >> 8, length & 0xff, ...bytes);
}

function portStatus(hindrance: PrinterHindrance | undefined): number {
  const ready = STATUS.notError | STATUS.selected;
  return hindrance === undefined ? ready : ready ^ CHANGED[hindrance];
}

function isOfClass({ requestType, recipient }: UsbSetup): boolean {
  return requestType === 'class' && recipient === 'interface';
}
