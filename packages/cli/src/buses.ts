import type { Bus, BusKind } from '@buergerkoffer/core';
import { hidBus, httpBus, pcscBus, serialBus, tcpBus, usbBus } from '@buergerkoffer/core/node';

/** One bus of each kind. */
export type Buses = { readonly [K in BusKind]: Bus<K> };

/** The buses of this computer, and the network services that announce themselves as `services`. */
export function computerBuses(services: readonly string[] = []): Buses {
  return {
    usb: usbBus(),
    hid: hidBus(),
    serial: serialBus(),
    pcsc: pcscBus(),
    tcp: tcpBus({ services: services.filter((service) => !isHttp(service)) }),
    http: httpBus({ services: services.filter(isHttp) }),
  };
}

/** DNS-SD types of services that speak HTTP (printers and scanners). */
function isHttp(service: string): boolean {
  return /^_(ipps?|uscans?|https?)\./.test(service);
}
