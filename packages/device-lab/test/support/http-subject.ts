import type { HttpPort } from '@buergerkoffer/core';
import type { TransportUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, referenceHttp, virtualHttp } from '@buergerkoffer/device-lab';
import { timersLeft } from './virtual-time.js';

const PORT: HttpPort = {
  bus: 'http',
  id: 'http:reference',
  path: 'http://reference.local',
  physical: 'net:reference.local',
  url: 'http://reference.local',
};

/** The reference service on a bus of this process. */
export function httpSubject(): TransportUnderTest<'http'> {
  const bus = new LabBus('http');
  const plug = () => bus.plug(virtualHttp(PORT, referenceHttp()));
  let pull = plug();
  return {
    bus,
    openOptions: {},
    roleOf: () => 'first',
    unplug: () => {
      pull();
    },
    plug: () => {
      pull = plug();
    },
    leaks: timersLeft,
    lacks: { wire: 'requests of this process are calls, there is no wire to break' },
  };
}
