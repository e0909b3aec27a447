import { describe, expect, it } from 'vitest';
import {
  portsConflict,
  type HidPort,
  type HttpPort,
  type PcscPort,
  type Port,
  type SerialPort,
  type UsbPort,
} from '@buergerkoffer/core';

const physical = 'usb:1-4';

function usb(interfaceNumber: number, interfaceClass: number, place = physical): UsbPort {
  const path = `${place}:${interfaceNumber}`;
  const ids = { vendorId: 0x1209, productId: 1, interfaceSubclass: 0, interfaceProtocol: 0 };
  return { bus: 'usb', id: path, path, physical: place, ...ids, interfaceNumber, interfaceClass };
}
function hid(interfaceNumber?: number): HidPort {
  const at = interfaceNumber === undefined ? {} : { interfaceNumber };
  const path = `/dev/hidraw${interfaceNumber ?? 9}`;
  return { bus: 'hid', id: path, path, physical, vendorId: 0x1209, productId: 1, ...at };
}
function serial(interfaceNumber?: number): SerialPort {
  const at = interfaceNumber === undefined ? {} : { interfaceNumber };
  const path = `/dev/ttyACM${interfaceNumber ?? 9}`;
  return { bus: 'serial', id: path, path, physical, ...at };
}
const slot = (part: string): PcscPort => ({
  bus: 'pcsc',
  id: `Reader ${part}`,
  path: `Reader ${part}`,
  physical,
  part,
  reader: `Reader ${part}`,
});
const http = (url: string): HttpPort => ({ bus: 'http', id: url, path: url, physical, url });

describe('two ports conflict', () => {
  it.each<[string, Port, Port]>([
    ['when they are one port', serial(2), serial(2)],
    ['when they are one USB interface, listed twice', usb(0, 3), { ...usb(0, 3), id: 'again' }],
    ['as a HID node and the USB interface behind it', hid(1), usb(1, 3)],
    ['as a HID node that does not say its interface, and a HID interface', hid(), usb(0, 3)],
    ['as a serial line and the USB interface behind it', serial(2), usb(2, 0xff)],
    ['as a CDC line and its data interface', serial(0), usb(1, 0x0a)],
    ['as a line that does not say its interface, and a CDC or vendor interface', serial(), usb(0, 2)],
    ['as a slot of a reader and the CCID interface', slot('00'), usb(0, 0x0b)],
    ['as a slot of an older reader and its interface', slot('00'), usb(0, 0xff)],
    [
      'as a printer interface and the service that speaks IPP over it',
      usb(0, 7),
      http('http://localhost:60000/ipp'),
    ],
  ])('%s', (_, a, b) => {
    expect([portsConflict(a, b), portsConflict(b, a)]).toEqual([true, true]);
  });
});

describe('two ports do not conflict', () => {
  it.each<[string, Port, Port]>([
    ['when they belong to two things', usb(0, 3), usb(0, 3, 'usb:1-5')],
    ['as two functions of a composite device', usb(0, 0x0b), usb(1, 0xff)],
    ['as a HID node and another interface', hid(1), usb(0, 0xff)],
    ['as a HID node that does not say its interface, and an interface of no HID class', hid(), usb(0, 0xff)],
    ['as two lines of one LTE stick', serial(2), serial(3)],
    ['as a CDC line and the interface after it, when that is none of data', serial(0), usb(1, 3)],
    ['as two slots of one reader', slot('00'), slot('01')],
    ['as a slot and a HID interface of the same thing', slot('00'), usb(1, 3)],
    ['as a printer interface and its service on the network', usb(0, 7), http('http://printer.local:631')],
    ['as a scanner interface and IPP over USB', usb(1, 0xff), http('http://[::1]:60000')],
    ['as two clients of one HTTP service', http('http://printer.local'), http('http://printer.local')],
  ])('%s', (_, a, b) => {
    expect([portsConflict(a, b), portsConflict(b, a)]).toEqual([false, false]);
  });
});
