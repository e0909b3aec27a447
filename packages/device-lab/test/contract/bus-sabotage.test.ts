import { busContract, hotPlugContract } from '@buergerkoffer/core/testing';
import { busSabotage, hotPlugSabotage } from '../support/bus-sabotage.js';
import { caught } from '../support/caught.js';
import { usbSubject } from '../support/usb-subject.js';

caught('the suite for buses', [...busContract<'usb'>(), ...hotPlugContract<'usb'>()], () => usbSubject(), [
  ...busSabotage<'usb'>(),
  ...hotPlugSabotage<'usb'>(),
]);
