import { busContract, hotPlugContract } from '@buergerkoffer/core/testing';
import { cardSubject } from '../support/card-subject.js';
import { hidSubject } from '../support/hid-subject.js';
import { httpSubject } from '../support/http-subject.js';
import { keptBy } from '../support/kept-by.js';
import { serialSubject, tcpSubject } from '../support/line-subjects.js';
import { usbSubject } from '../support/usb-subject.js';

keptBy('a USB bus of this process', [...busContract<'usb'>(), ...hotPlugContract<'usb'>()], () =>
  usbSubject(),
);
keptBy('a HID bus of this process', [...busContract<'hid'>(), ...hotPlugContract<'hid'>()], () =>
  hidSubject('plain'),
);
keptBy(
  'a bus of serial lines of this process',
  [...busContract<'serial'>(), ...hotPlugContract<'serial'>()],
  serialSubject,
);
keptBy(
  'a bus of card readers of this process',
  [...busContract<'pcsc'>(), ...hotPlugContract<'pcsc'>()],
  cardSubject,
);
keptBy('a bus of TCP services of this process', busContract<'tcp'>(), tcpSubject);
keptBy('a bus of HTTP services of this process', busContract<'http'>(), httpSubject);
