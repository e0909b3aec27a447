import { cardContract } from '@buergerkoffer/core/testing';
import { cardSubject } from '../support/card-subject.js';
import { keptBy } from '../support/kept-by.js';

keptBy('a card reader of this process', cardContract(), cardSubject);
