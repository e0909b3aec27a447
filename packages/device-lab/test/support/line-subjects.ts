import type { TransportUnderTest } from '@buergerkoffer/core/testing';
import { LabBus, plugSerial, plugTcp, referenceLine } from '@buergerkoffer/device-lab';
import { timersLeft } from './virtual-time.js';

/** Two reference devices on serial lines of this process. */
export function serialSubject(): TransportUnderTest<'serial'> {
  const bus = new LabBus('serial');
  const plug = () => plugSerial(bus, referenceLine(), { port: { path: '/dev/ttyLAB1' }, place: '1-1' });
  const second = plugSerial(bus, referenceLine(), { port: { path: '/dev/ttyLAB2' }, place: '1-2' });
  let first = plug();
  return {
    bus,
    openOptions: { baudRate: 115_200 },
    roleOf: ({ path }) => (path === '/dev/ttyLAB2' ? 'second' : 'first'),
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

/** The reference device behind two addresses of this process. */
export function tcpSubject(): TransportUnderTest<'tcp'> {
  const bus = new LabBus('tcp');
  const plug = () => plugTcp(bus, referenceLine(), { host: 'first.local' });
  const second = plugTcp(bus, referenceLine(), { host: 'second.local' });
  let first = plug();
  return {
    bus,
    openOptions: {},
    roleOf: ({ host }) => (host === 'second.local' ? 'second' : 'first'),
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
