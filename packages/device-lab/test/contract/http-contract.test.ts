import { httpContract } from '@buergerkoffer/core/testing';
import { httpSubject } from '../support/http-subject.js';
import { keptBy } from '../support/kept-by.js';

keptBy('an HTTP service of this process', httpContract(), httpSubject);
