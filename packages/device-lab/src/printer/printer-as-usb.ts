import { bulkPacketBytes, type UsbIdentity } from '../usb/usb-identity.js';
import type { VirtualEndpoint, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { PRINTER_CLASS, printerRequests, PROTOCOL } from './printer-requests.js';
import type { VirtualPrinter } from './virtual-printer.js';

/** How a printer shows itself behind USB. */
export interface PrinterUsbOptions {
  /** Default 1209:0007, a test id of pid.codes. */
  readonly identity?: UsbIdentity;
  /** Whether its host can hear it over a pipe of its own, as nearly all can. Default `bidirectional`. */
  readonly protocol?: 'unidirectional' | 'bidirectional';
}

const IDENTITY = { vendorId: 0x1209, productId: 0x0007, maker: 'Lab', model: 'Virtual printer' } as const;
const PIPE = 1;

/**
 * A printer as a USB device of the plain class (USB Printer Class 1.1; class 7, 1, and 1 or 2). Several hosts, one after the other, find
 * it as the one before has left it.
 */
export function printerAsUsb(
  printer: VirtualPrinter,
  { identity = {}, protocol = 'bidirectional' }: PrinterUsbOptions = {},
): VirtualUsbDevice {
  const packetSize = bulkPacketBytes(identity.speed);
  const out: VirtualEndpoint = { direction: 'out', number: PIPE, type: 'bulk', packetSize };
  const endpoints = protocol === 'bidirectional' ? [out, { ...out, direction: 'in' } as const] : [out];
  const requests = printerRequests(
    new Map([
      [
        0,
        {
          deviceId: printer.deviceId,
          hindrance: () => printer.hindrance,
          reset: () => {
            printer.reset();
          },
        },
      ],
    ]),
  );
  return {
    ...IDENTITY,
    ...identity,
    interfaces: [{ number: 0, ...PRINTER_CLASS, interfaceProtocol: PROTOCOL[protocol], endpoints }],
    powerUp: () => ({ ...requests, received: (_, data) => printer.take(data) }),
  };
}
