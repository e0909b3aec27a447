import { DeviceMeter, measured, type Bus, type BusKind } from '@buergerkoffer/core';
import {
  cardContract,
  hidContract,
  httpContract,
  serialContract,
  usbContract,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { cardSubject } from '../../../device-lab/test/support/card-subject.js';
import { hidSubject } from '../../../device-lab/test/support/hid-subject.js';
import { httpSubject } from '../../../device-lab/test/support/http-subject.js';
import { keptBy } from '../../../device-lab/test/support/kept-by.js';
import { serialSubject } from '../../../device-lab/test/support/line-subjects.js';
import { usbSubject } from '../../../device-lab/test/support/usb-subject.js';

/** The same hardware, with every operation counted. */
function counted<K extends BusKind>(subject: TransportUnderTest<K>): TransportUnderTest<K> {
  const clock = { now: () => Date.now(), elapsed: () => performance.now() };
  const meter = new DeviceMeter(clock, () => undefined);
  const { bus } = subject;
  const open: Bus<K>['open'] = async (port, options, signal) =>
    measured(bus.kind, await bus.open(port, options, signal), meter.transport(port));
  return { ...subject, bus: { kind: bus.kind, events: bus.events, open } };
}

keptBy('a USB interface that is measured', usbContract(), () => counted(usbSubject('high')));
keptBy('a HID device that is measured', hidContract('plain'), () => counted(hidSubject('plain')));
keptBy('a serial line that is measured', serialContract(), () => counted(serialSubject()));
keptBy('a card reader that is measured', cardContract(), () => counted(cardSubject()));
keptBy('an HTTP service that is measured', httpContract(), () => counted(httpSubject()));
