import type { PortMatch, UsbPort } from '../../port.js';
import { numberOf } from '../object-number.js';
import { webBus, type WebApi, type WebBus } from '../web-bus.js';
import { platformObject } from '../web-platform.js';
import {
  configurationOf,
  isWebUsb,
  type WebUsb,
  type WebUsbDevice,
  type WebUsbEvent,
  type WebUsbFilter,
} from './web-usb.js';
import { openWebUsb } from './web-usb-transport.js';

/**
 * The USB interfaces of the devices that the person has given to the page; `request` asks for another one. Browsers
 * keep some classes to themselves (audio, HID, mass storage, smart card, video, wireless): opening such an interface
 * rejects `access-denied`. A transfer that has begun cannot be taken back: what that means stands in the README.
 * `usb` is for what stands in for the browser's own object.
 */
export function webUsbBus(usb?: WebUsb): WebBus<'usb'> {
  return webBus('usb', () => {
    const platform = usb ?? platformObject('usb');
    return isWebUsb(platform) ? apiOf(platform) : undefined;
  });
}

function apiOf(usb: WebUsb): WebApi<'usb', WebUsbDevice> {
  return {
    list: () => usb.getDevices(),
    portsOf,
    watch: (connected, disconnected) => {
      const onConnect = (event: WebUsbEvent): void => {
        connected(event.device);
      };
      const onDisconnect = (event: WebUsbEvent): void => {
        disconnected(event.device);
      };
      usb.addEventListener('connect', onConnect);
      usb.addEventListener('disconnect', onDisconnect);
      return () => {
        usb.removeEventListener('connect', onConnect);
        usb.removeEventListener('disconnect', onDisconnect);
      };
    },
    choose: async (matches) => [await usb.requestDevice({ filters: filtersOf(matches) })],
    open: (device, port, options) => openWebUsb(usb, device, port, options),
  };
}

/** One port per interface; an interface that a device lists twice is one port. */
function portsOf(device: WebUsbDevice): readonly UsbPort[] {
  const place = `webusb:${numberOf(device)}`;
  const ports = new Map<number, UsbPort>();
  for (const { interfaceNumber, alternates } of configurationOf(device)?.interfaces ?? []) {
    if (ports.has(interfaceNumber)) continue;
    ports.set(interfaceNumber, {
      bus: 'usb',
      id: `${place}:${interfaceNumber}`,
      path: `${place}:${interfaceNumber}`,
      physical: place,
      vendorId: device.vendorId,
      productId: device.productId,
      interfaceNumber,
      interfaceClass: alternates[0]?.interfaceClass ?? 0,
      interfaceSubclass: alternates[0]?.interfaceSubclass ?? 0,
      interfaceProtocol: alternates[0]?.interfaceProtocol ?? 0,
      ...(device.manufacturerName ? { maker: device.manufacturerName } : {}),
      ...(device.productName ? { model: device.productName } : {}),
      ...(device.serialNumber ? { serialNumber: device.serialNumber } : {}),
    });
  }
  return [...ports.values()];
}

/**
 * What the browser shows: at least everything that matches. It refuses a product without a vendor, a subclass without
 * a class and a protocol without a subclass (WebUSB, 3), and knows no names or interface numbers.
 */
function filtersOf(matches: readonly PortMatch<'usb'>[]): WebUsbFilter[] {
  return matches.map((match) => {
    const { vendorId, productId, interfaceClass, interfaceSubclass, interfaceProtocol } = match;
    const hasClass = interfaceClass !== undefined;
    const hasSubclass = hasClass && interfaceSubclass !== undefined;
    return {
      ...(vendorId === undefined ? {} : { vendorId }),
      ...(vendorId === undefined || productId === undefined ? {} : { productId }),
      ...(hasClass ? { classCode: interfaceClass } : {}),
      ...(hasSubclass ? { subclassCode: interfaceSubclass } : {}),
      ...(hasSubclass && interfaceProtocol !== undefined ? { protocolCode: interfaceProtocol } : {}),
    };
  });
}
