import type { HidPort, HttpPort, Port, SerialPort, UsbPort } from '../port.js';

/** USB class codes (usb.org, Defined Class Codes). */
const CLASS = {
  communications: 0x02,
  hid: 0x03,
  printer: 0x07,
  data: 0x0a,
  smartCard: 0x0b,
  vendor: 0xff,
} as const;
/** Where the daemon of IPP over USB serves a printer of this computer. */
const OWN_HOST = /^https?:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])(?::|\/|$)/i;

/**
 * Whether opening one port takes the other from whoever has it. Ports of different things never conflict, nor do
 * the functions of a composite device; what does is the same USB interface seen through two doors: claiming it
 * detaches the kernel's driver, or the PC/SC service, that serves the other. Where a port does not name its
 * interface the interface class decides. An HTTP service has many clients: opening it takes it from nobody.
 */
export function portsConflict(a: Port, b: Port): boolean {
  if (a.bus === b.bus && a.id === b.id) return a.bus !== 'http';
  if (a.physical !== b.physical) return false;
  if (a.bus === 'usb') return takes(a, b);
  return b.bus === 'usb' && takes(b, a);
}

/** Whether claiming `usb` takes `other`, a port of the same thing. */
function takes(usb: UsbPort, other: Port): boolean {
  switch (other.bus) {
    case 'usb':
      return usb.interfaceNumber === other.interfaceNumber;
    case 'hid':
      return takesHid(usb, other);
    case 'serial':
      return takesLine(usb, other);
    case 'pcsc':
      // Older readers have a class of their own, and a reader has all its slots on one interface.
      return usb.interfaceClass === CLASS.smartCard || usb.interfaceClass === CLASS.vendor;
    case 'http':
      return takesService(usb, other);
    case 'tcp':
      return false;
    default:
      return other satisfies never;
  }
}

function takesHid(usb: UsbPort, { interfaceNumber }: HidPort): boolean {
  return interfaceNumber === undefined
    ? usb.interfaceClass === CLASS.hid
    : usb.interfaceNumber === interfaceNumber;
}

/** A CDC line has two interfaces, control and data after it (CDC 1.2, 3.4.1); either claim takes the line. */
function takesLine(usb: UsbPort, { interfaceNumber }: SerialPort): boolean {
  const isData = usb.interfaceClass === CLASS.data;
  if (interfaceNumber !== undefined) {
    return usb.interfaceNumber === interfaceNumber || (isData && usb.interfaceNumber === interfaceNumber + 1);
  }
  return isData || usb.interfaceClass === CLASS.communications || usb.interfaceClass === CLASS.vendor;
}

/** Printing and scanning over IPP over USB both go through the printer interface; those over the network do not. */
function takesService(usb: UsbPort, { url }: HttpPort): boolean {
  return usb.interfaceClass === CLASS.printer && OWN_HOST.test(url);
}
