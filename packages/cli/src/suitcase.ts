import { busSource, DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import { simulatedSuitcase } from '@buergerkoffer/example-hausbesuch';
import { computerBuses } from './buses.js';
import { driversOf } from './drivers.js';

/** The devices of this computer, with the seven simulators on top when asked for. */
export function suitcase(options: { readonly simulated: boolean }): DeviceManager {
  const { usb, hid, serial, pcsc } = computerBuses();
  return new DeviceManager([
    busSource(usb, driversOf('usb')),
    busSource(hid, driversOf('hid')),
    busSource(serial, driversOf('serial')),
    busSource(pcsc, driversOf('pcsc')),
    ...(options.simulated ? [new Bench(simulatedSuitcase({ seed: 1 }).things)] : []),
  ]);
}
