import type { HidPort, PortMatch } from '../../port.js';
import { numberOf } from '../object-number.js';
import { webBus, type WebApi, type WebBus } from '../web-bus.js';
import { platformObject } from '../web-platform.js';
import { isWebHid, type WebHid, type WebHidDevice, type WebHidEvent, type WebHidFilter } from './web-hid.js';
import { openWebHid } from './web-hid-transport.js';

/**
 * The HID collections of the devices that the person has given to the page; `request` asks for another one. Browsers
 * keep keyboards, mice and FIDO keys to themselves: they are not there. One collection of a device can be open at a
 * time, the next one is `busy`; it receives the reports of all. `hid` is for what stands in for the browser's own object.
 */
export function webHidBus(hid?: WebHid): WebBus<'hid'> {
  return webBus('hid', () => {
    const platform = hid ?? platformObject('hid');
    return isWebHid(platform) ? apiOf(platform) : undefined;
  });
}

function apiOf(hid: WebHid): WebApi<'hid', WebHidDevice> {
  return {
    list: () => hid.getDevices(),
    portsOf,
    watch: (connected, disconnected) => {
      const onConnect = (event: WebHidEvent): void => {
        connected(event.device);
      };
      const onDisconnect = (event: WebHidEvent): void => {
        disconnected(event.device);
      };
      hid.addEventListener('connect', onConnect);
      hid.addEventListener('disconnect', onDisconnect);
      return () => {
        hid.removeEventListener('connect', onConnect);
        hid.removeEventListener('disconnect', onDisconnect);
      };
    },
    choose: (matches) => hid.requestDevice({ filters: filtersOf(matches) }),
    open: (device, port) => openWebHid(hid, device, port),
  };
}

/** One port per top-level collection. */
function portsOf(device: WebHidDevice): readonly HidPort[] {
  const place = `webhid:${numberOf(device)}`;
  return device.collections.map(({ usagePage, usage }, index) => ({
    bus: 'hid',
    id: `${place}:${index}`,
    path: `${place}:${index}`,
    physical: place,
    vendorId: device.vendorId,
    productId: device.productId,
    ...(usagePage === undefined ? {} : { usagePage }),
    ...(usage === undefined ? {} : { usage }),
    ...(device.productName ? { model: device.productName } : {}),
  }));
}

/**
 * What the browser shows: at least everything that matches. It refuses a product without a vendor, a usage without a
 * page and an empty filter, takes no filter for all (WebHID, 4.3), and knows no names or interface numbers.
 */
function filtersOf(matches: readonly PortMatch<'hid'>[]): WebHidFilter[] {
  const filters = matches.map(({ vendorId, productId, usagePage, usage }): WebHidFilter => ({
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(vendorId === undefined || productId === undefined ? {} : { productId }),
    ...(usagePage === undefined ? {} : { usagePage }),
    ...(usagePage === undefined || usage === undefined ? {} : { usage }),
  }));
  return filters.some((filter) => Object.keys(filter).length === 0) ? [] : filters;
}
