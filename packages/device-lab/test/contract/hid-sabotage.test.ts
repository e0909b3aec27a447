import { hidContract } from '@buergerkoffer/core/testing';
import { caught } from '../support/caught.js';
import { commonSabotage } from '../support/common-sabotage.js';
import { HID_SABOTAGE } from '../support/hid-sabotage.js';
import { hidSubject } from '../support/hid-subject.js';

caught('the suite for HID transports', hidContract('numbered'), () => hidSubject('numbered'), [
  ...commonSabotage<'hid'>({
    stuckCall: 'a pending feature report',
    exclusive: true,
    lost: true,
    twins: true,
  }),
  ...HID_SABOTAGE,
]);
