import {
  busContract,
  cardContract,
  hidContract,
  hotPlugContract,
  httpContract,
  serialContract,
  tcpContract,
  usbContract,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import type { BusKind } from '@buergerkoffer/core';
import { cardSubject } from '../../../device-lab/test/support/card-subject.js';
import { hidSubject } from '../../../device-lab/test/support/hid-subject.js';
import { httpSubject } from '../../../device-lab/test/support/http-subject.js';
import { keptBy } from '../../../device-lab/test/support/kept-by.js';
import { serialSubject, tcpSubject } from '../../../device-lab/test/support/line-subjects.js';
import { usbSubject } from '../../../device-lab/test/support/usb-subject.js';
import { linked } from '../support/remote-bus.js';

/** The same hardware, on the other side of a message channel. */
function far<K extends BusKind>(subject: TransportUnderTest<K>): TransportUnderTest<K> {
  return { ...subject, bus: linked(subject.bus).remote };
}

keptBy('a USB interface on the other side', usbContract(), () => far(usbSubject('high')));
keptBy('a HID device on the other side', hidContract('numbered'), () => far(hidSubject('numbered')));
keptBy('a serial line on the other side', serialContract(), () => far(serialSubject()));
keptBy('a TCP connection on the other side', tcpContract({ fillingBytes: 1 << 20 }), () => far(tcpSubject()));
keptBy('a card reader on the other side', cardContract(), () => far(cardSubject()));
keptBy('an HTTP service on the other side', httpContract(), () => far(httpSubject()));
keptBy('a USB bus on the other side', [...busContract<'usb'>(), ...hotPlugContract<'usb'>()], () =>
  far(usbSubject()),
);
