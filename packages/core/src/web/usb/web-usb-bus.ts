import type { PortMatch, UsbPort } from '../../port.js';
import { portSettings } from '../../usb/port-settings.js';
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

/** One port for each interface and each class that it is of; an interface that a device lists twice is one port. */
function portsOf(device: WebUsbDevice): readonly UsbPort[] {
  const place = `webusb:${numberOf(device)}`;
  const interfaces = configurationOf(device)?.interfaces ?? [];
  const listed = interfaces.filter(
    ({ interfaceNumber }, index) =>
      interfaces.findIndex((other) => other.interfaceNumber === interfaceNumber) === index,
  );
  const settings = listed.flatMap(({ interfaceNumber, alternates }) =>
    alternates.map((alternate) => ({ interfaceNumber, ...alternate })),
  );
  return portSettings(settings).map(({ setting, isFirst }) => {
    const { interfaceNumber, interfaceClass, interfaceSubclass, interfaceProtocol, alternateSetting } =
      setting;
    const path = `${place}:${interfaceNumber}`;
    return {
      bus: 'usb',
      id: isFirst ? path : `${path}/${alternateSetting}`,
      path,
      physical: place,
      vendorId: device.vendorId,
      productId: device.productId,
      interfaceNumber,
      interfaceClass,
      interfaceSubclass,
      interfaceProtocol,
      ...(isFirst ? {} : { alternateSetting }),
      ...(device.manufacturerName ? { maker: device.manufacturerName } : {}),
      ...(device.productName ? { model: device.productName } : {}),
      ...(device.serialNumber ? { serialNumber: device.serialNumber } : {}),
    };
  });
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
