import { usbContract } from '@buergerkoffer/core/testing';
import { caught } from '../support/caught.js';
import { commonSabotage } from '../support/common-sabotage.js';
import { USB_SABOTAGE } from '../support/usb-sabotage.js';
import { usbSubject } from '../support/usb-subject.js';

const CALLS = ['a pending read', 'a pending write', 'a pending control request'] as const;

caught('the suite for USB transports', usbContract(), () => usbSubject(), [
  ...CALLS.flatMap((stuckCall) =>
    commonSabotage<'usb'>({ stuckCall, exclusive: true, lost: true, twins: true }),
  ),
  ...USB_SABOTAGE,
]);
