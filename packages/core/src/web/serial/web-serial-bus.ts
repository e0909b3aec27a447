import type { PortMatch, SerialPort } from '../../port.js';
import { numberOf } from '../object-number.js';
import { webBus, type WebApi, type WebBus } from '../web-bus.js';
import { platformObject } from '../web-platform.js';
import {
  isWebSerial,
  isWebSerialPort,
  type WebSerial,
  type WebSerialEvent,
  type WebSerialFilter,
  type WebSerialPort,
} from './web-serial.js';
import { openWebSerial } from './web-serial-transport.js';

/**
 * The serial lines that the person has given to the page; `request` asks for another one. Breaks, and bytes with a
 * framing or parity error, are left out; a transport that receives nothing else, or more than the browser can buffer,
 * ends with `protocol`. `serial` is for what stands in for the browser's own object.
 */
export function webSerialBus(serial?: WebSerial): WebBus<'serial'> {
  return webBus('serial', () => {
    const platform = serial ?? platformObject('serial');
    return isWebSerial(platform) ? apiOf(platform) : undefined;
  });
}

function apiOf(serial: WebSerial): WebApi<'serial', WebSerialPort> {
  return {
    list: async () => (await serial.getPorts()).filter(({ connected }) => connected !== false),
    portsOf: (line) => [portOf(line)],
    watch: (connected, disconnected) => {
      const onConnect = ({ target }: WebSerialEvent): void => {
        if (isWebSerialPort(target)) connected(target);
      };
      const onDisconnect = ({ target }: WebSerialEvent): void => {
        if (isWebSerialPort(target)) disconnected(target);
      };
      serial.addEventListener('connect', onConnect);
      serial.addEventListener('disconnect', onDisconnect);
      return () => {
        serial.removeEventListener('connect', onConnect);
        serial.removeEventListener('disconnect', onDisconnect);
      };
    },
    choose: async (matches) => [await serial.requestPort(requestOf(matches))],
    open: (line, port, options) => openWebSerial(serial, line, port, options),
  };
}

function portOf(line: WebSerialPort): SerialPort {
  const { usbVendorId, usbProductId } = line.getInfo();
  const place = `webserial:${numberOf(line)}`;
  return {
    bus: 'serial',
    id: place,
    path: place,
    physical: place,
    ...(usbVendorId === undefined ? {} : { vendorId: usbVendorId }),
    ...(usbProductId === undefined ? {} : { productId: usbProductId }),
  };
}

/** What the browser shows: at least everything that matches; without filters that is all (Web Serial, 3.1). */
function requestOf(matches: readonly PortMatch<'serial'>[]): { filters?: WebSerialFilter[] } {
  const filters = matches.flatMap(({ vendorId, productId }): WebSerialFilter[] =>
    vendorId === undefined
      ? []
      : [{ usbVendorId: vendorId, ...(productId === undefined ? {} : { usbProductId: productId }) }],
  );
  return filters.length === matches.length ? { filters } : {};
}
