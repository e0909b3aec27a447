import type { PcscPort } from '@buergerkoffer/core';
import type { TransportUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, referenceCard, virtualReader } from '@buergerkoffer/device-lab';
import { timersLeft } from './virtual-time.js';

/** Two readers on a bus of this process, with a reference card at hand. */
export function cardSubject(): TransportUnderTest<'pcsc'> {
  const bus = new LabBus('pcsc');
  const first = virtualReader(portOf('Reader 00'));
  bus.plug(virtualReader(portOf('Reader 01')));
  let pull = bus.plug(first);
  return {
    bus,
    openOptions: {},
    roleOf: ({ reader }) => (reader === 'Reader 01' ? 'second' : 'first'),
    unplug: () => {
      pull();
    },
    plug: () => {
      pull = bus.plug(first);
    },
    insertCard: () => {
      first.insert(referenceCard());
    },
    removeCard: () => {
      first.remove();
    },
    leaks: timersLeft,
  };
}

function portOf(reader: string): PcscPort {
  return { bus: 'pcsc', id: `pcsc:${reader}`, path: reader, physical: `pcsc:${reader}`, reader };
}
