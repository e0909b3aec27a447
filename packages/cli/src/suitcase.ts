import { busSource, DeviceManager } from '@buergerkoffer/core';
import { hidBus, pcscBus, serialBus, usbBus } from '@buergerkoffer/core/node';
import { Bench } from '@buergerkoffer/device-lab';
import { simulatedSuitcase } from '@buergerkoffer/example-hausbesuch';

/** The devices of this computer, with the seven simulators on top when asked for. No driver has landed yet. */
export function suitcase(options: { readonly simulated: boolean }): DeviceManager {
  return new DeviceManager([
    busSource(usbBus(), []),
    busSource(hidBus(), []),
    busSource(serialBus(), []),
    busSource(pcscBus(), []),
    ...(options.simulated ? [new Bench(simulatedSuitcase({ seed: 1 }).things)] : []),
  ]);
}
