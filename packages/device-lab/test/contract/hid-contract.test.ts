import { hidContract } from '@buergerkoffer/core/testing';
import { hidSubject } from '../support/hid-subject.js';
import { keptBy } from '../support/kept-by.js';

keptBy('a HID device of this process with numbered reports', hidContract('numbered'), () =>
  hidSubject('numbered'),
);
keptBy('a HID device of this process without report numbers', hidContract('plain'), () =>
  hidSubject('plain'),
);
