import { httpContract } from '@buergerkoffer/core/testing';
import { caught } from '../support/caught.js';
import { commonSabotage } from '../support/common-sabotage.js';
import { HTTP_SABOTAGE } from '../support/http-sabotage.js';
import { httpSubject } from '../support/http-subject.js';

caught('the suite for HTTP transports', httpContract(), httpSubject, [
  ...commonSabotage<'http'>({ stuckCall: 'a pending request', exclusive: false, lost: false, twins: false }),
  ...HTTP_SABOTAGE,
]);
