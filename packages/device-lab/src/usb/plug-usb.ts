import { DeviceError, portSettings, type UsbPort } from '@buergerkoffer/core';
import type { FaultScript } from '@buergerkoffer/core/simulation';
import type { LabBus, Plugged, VirtualHardware } from '../lab-bus.js';
import { UsbEngine } from './usb-engine.js';
import { NOTHING } from './usb-transfer.js';
import { claimInterface } from './virtual-usb-transport.js';
import type { VirtualUsbDevice } from './virtual-usb-device.js';

/** How a device is plugged into a bus of this process. */
export interface PlugOptions {
  /** Where: `1-4.2`. Default: the lowest free place. */
  readonly place?: string;
  /** Hears what the device's code threw; its host saw a refusal. */
  readonly failed?: (error: unknown) => void;
}

/** How a USB device is plugged into a bus of this process. */
export interface PlugUsbOptions extends PlugOptions {
  /** Faults of the operations `in`, `out` and `control`, on whichever interface: stall, time-out, vanish. */
  readonly faults?: FaultScript;
}

/** SET_CONFIGURATION (USB 2.0, 9.4.7). */
const SET_CONFIGURATION = 9;

/**
 * Plugs a USB device into a bus of this process: it gets power and is configured, each of its interfaces is a port,
 * and what it is in the middle of lives until the plug is pulled, whoever opens and closes meanwhile.
 */
export function plugUsb(
  bus: LabBus<'usb'>,
  device: VirtualUsbDevice,
  options: PlugUsbOptions = {},
): Plugged<'usb'> {
  const { place, address } = bus.assign(options.place);
  const engine = new UsbEngine(device, {
    vanished: () => {
      unplug();
    },
    ...(options.failed === undefined ? {} : { failed: options.failed }),
  });
  configure(engine);
  const ports = portsOf(device, place, address);
  const pull = bus.plug(...ports.map((port) => hardware(port)));
  const unplug = (): void => {
    pull();
    engine.powerDown();
  };
  return { ports, unplug };

  function hardware(port: UsbPort): VirtualHardware<'usb'> {
    return {
      port,
      connect: async ({ alternateSetting = port.alternateSetting ?? 0 }, unplugged, signal) => {
        const chosen = device.interfaces.find(
          (one) => one.number === port.interfaceNumber && (one.alternateSetting ?? 0) === alternateSetting,
        );
        if (chosen === undefined) {
          throw new DeviceError(
            'invalid-request',
            `${port.path} has no alternate setting ${alternateSetting}`,
            {
              path: 'alternateSetting',
            },
          );
        }
        const claim = { engine, chosen, unplugged, faults: options.faults, vanish: unplug };
        return claimInterface(claim, signal);
      },
    };
  }
}

/** What the kernel of a computer does when a device is plugged in. */
function configure(engine: UsbEngine): void {
  const value = engine.descriptors.configurationValue;
  const setup = {
    requestType: 'standard',
    recipient: 'device',
    request: SET_CONFIGURATION,
    value,
    index: 0,
  } as const;
  engine.submit({ type: 'control-out', setup, data: NOTHING }, () => undefined);
}

/** The ports that a computer shows of the device. */
function portsOf(device: VirtualUsbDevice, place: string, address: number): readonly UsbPort[] {
  const { vendorId, productId, maker, model, serialNumber } = device;
  const settings = device.interfaces.map((one) => ({
    interfaceNumber: one.number,
    alternateSetting: one.alternateSetting ?? 0,
    interfaceClass: one.interfaceClass,
    interfaceSubclass: one.interfaceSubclass ?? 0,
    interfaceProtocol: one.interfaceProtocol ?? 0,
  }));
  return portSettings(settings).map(({ setting: { alternateSetting, ...setting }, isFirst }) => ({
    bus: 'usb',
    id: `usb:${place}@${address}:${setting.interfaceNumber}${isFirst ? '' : `/${alternateSetting}`}`,
    path: `${place}:1.${setting.interfaceNumber}`,
    physical: `usb:${place}`,
    vendorId,
    productId,
    ...setting,
    ...(isFirst ? {} : { alternateSetting }),
    ...(maker === undefined ? {} : { maker }),
    ...(model === undefined ? {} : { model }),
    ...(serialNumber === undefined ? {} : { serialNumber }),
  }));
}
