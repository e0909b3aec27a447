import { cardContract } from '@buergerkoffer/core/testing';
import { CARD_SABOTAGE } from '../support/card-sabotage.js';
import { cardSubject } from '../support/card-subject.js';
import { caught } from '../support/caught.js';
import { commonSabotage } from '../support/common-sabotage.js';

caught('the suite for card readers', cardContract(), cardSubject, [
  ...commonSabotage<'pcsc'>({ stuckCall: 'a pending command', exclusive: false, lost: true, twins: false }),
  ...CARD_SABOTAGE,
]);
