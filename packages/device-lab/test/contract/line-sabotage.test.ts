import { serialContract } from '@buergerkoffer/core/testing';
import { caught } from '../support/caught.js';
import { commonSabotage } from '../support/common-sabotage.js';
import { lineSabotage } from '../support/line-sabotage.js';
import { serialSubject } from '../support/line-subjects.js';

caught('the suite for lines', serialContract(), serialSubject, [
  ...commonSabotage<'serial'>({ stuckCall: 'a pending write', exclusive: true, lost: true, twins: true }),
  ...lineSabotage<'serial'>(),
]);
