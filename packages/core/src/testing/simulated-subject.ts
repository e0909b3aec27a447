import type { Device } from '../device.js';
import type { Simulated } from '../simulation/simulated.js';
import type { DeviceUnderTest } from './contract.js';

/**
 * A simulated thing as the subject of a contract suite, with its plug, its faults and a helping hand. `change` makes
 * another device of the open one: a broken one, to prove that a suite catches it.
 */
export function simulatedSubject<D extends Device>(
  simulated: Simulated<D>,
  change: (device: D) => D = (device) => device,
): DeviceUnderTest<D> {
  return {
    open: async (signal) => change(await simulated.open(signal)),
    unplug: () => {
      simulated.unplug();
    },
    plug: () => {
      simulated.plug();
    },
    fault: (operation, fault) => {
      simulated.faults.plan({ operation, fault });
    },
    clear: () => {
      simulated.faults.clear();
    },
  };
}
