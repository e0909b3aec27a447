import {
  hidReferenceRole,
  type HidReferenceModel,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { LabBus, plugHid, referenceHid } from '@buergerkoffer/device-lab';
import { timersLeft } from './virtual-time.js';

/** Two HID reference devices of one model on a bus of this process. */
export function hidSubject(model: HidReferenceModel): TransportUnderTest<'hid'> {
  const bus = new LabBus('hid');
  const plug = () => plugHid(bus, referenceHid(model), { place: '1-1' });
  const second = plugHid(bus, referenceHid(model, 'second'), { place: '1-2' });
  let first = plug();
  return {
    bus,
    openOptions: {},
    roleOf: (port) => hidReferenceRole(model, port),
    unplug: () => {
      first.unplug();
    },
    plug: () => {
      first = plug();
    },
    leaks: timersLeft,
    release: () => {
      first.unplug();
      second.unplug();
    },
  };
}
