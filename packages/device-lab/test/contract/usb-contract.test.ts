import { usbContract } from '@buergerkoffer/core/testing';
import { keptBy } from '../support/kept-by.js';
import { usbSubject } from '../support/usb-subject.js';

keptBy('a high-speed USB interface of this process', usbContract(), () => usbSubject('high'));
keptBy('a full-speed USB interface of this process', usbContract(), () => usbSubject('full'));
