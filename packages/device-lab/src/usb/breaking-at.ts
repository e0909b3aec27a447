import type { UsbFunction, UsbHost, VirtualUsbDevice } from './virtual-usb-device.js';

/** What goes wrong with a device, and when. */
export interface Breaking {
  /**
   * The step of its protocol that goes wrong, from 1. A step is a class or vendor request, a transfer to the device,
   * or a message that it sends, counted from power-up.
   */
  readonly step: number;
  /** The endpoint stalls; nothing comes and nothing is taken, once; the plug is pulled. */
  readonly fault: 'stall' | 'time-out' | 'vanish';
}

/** A device that breaks, and counts its steps. */
export interface BreakingUsbDevice extends VirtualUsbDevice {
  /** Steps since it was plugged in last. */
  readonly steps: number;
}

/**
 * `device`, of which one step goes wrong; without `breaking` it only counts. A driver is proven by running it against
 * every step of its protocol: each run ends with a typed error or as if nothing had been, and nothing hangs. Works
 * however the device is attached.
 */
export function breakingAt(device: VirtualUsbDevice, breaking?: Breaking): BreakingUsbDevice {
  let steps = 0;
  return {
    ...device,
    get steps() {
      return steps;
    },
    powerUp: (host) => {
      steps = 0;
      const next = (): Breaking['fault'] | undefined => {
        steps += 1;
        return breaking?.step === steps ? breaking.fault : undefined;
      };
      return broken(device.powerUp(breakingHost(host, next)), host, next);
    },
  };
}

type NextFault = () => Breaking['fault'] | undefined;

function breakingHost(host: UsbHost, next: NextFault): UsbHost {
  return {
    ...host,
    send: (endpoint, message, zeroLengthEnd) => {
      const fault = next();
      if (fault === undefined) host.send(endpoint, message, zeroLengthEnd);
      else if (fault === 'stall') host.halt('in', endpoint);
      else if (fault === 'vanish') host.vanish();
    },
  };
}

function broken(inner: UsbFunction, host: UsbHost, next: NextFault): UsbFunction {
  return {
    controlIn: (setup, length) => instead(next(), host, undefined) ?? inner.controlIn?.(setup, length),
    controlOut: (setup, data) => instead(next(), host, false) ?? inner.controlOut?.(setup, data) ?? false,
    received: (endpoint, data) => {
      const fault = next();
      if (fault === 'stall' || inner.received === undefined) host.halt('out', endpoint);
      return instead(fault, host, undefined) ?? inner.received?.(endpoint, data);
    },
    classDescriptor: (type, index, of) => inner.classDescriptor?.(type, index, of),
    alternateSetting: (number, setting) => inner.alternateSetting?.(number, setting),
    haltCleared: (direction, endpoint) => inner.haltCleared?.(direction, endpoint),
    powerDown: () => inner.powerDown?.(),
  };
}

/** What the host waits for in the place of an answer; undefined where nothing goes wrong. */
function instead<T>(fault: Breaking['fault'] | undefined, host: UsbHost, stall: T): Promise<T> | undefined {
  switch (fault) {
    case undefined:
      return undefined;
    case 'stall':
      return Promise.resolve(stall);
    case 'vanish':
      host.vanish();
      return new Promise<T>(() => undefined);
    case 'time-out':
      return new Promise<T>(() => undefined);
    default:
      return fault satisfies never;
  }
}
