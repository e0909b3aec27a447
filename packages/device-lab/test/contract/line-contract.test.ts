import { serialContract, tcpContract } from '@buergerkoffer/core/testing';
import { keptBy } from '../support/kept-by.js';
import { serialSubject, tcpSubject } from '../support/line-subjects.js';

keptBy('a serial line of this process', serialContract(), serialSubject);
keptBy('a TCP connection of this process', tcpContract({ fillingBytes: 1 << 20 }), tcpSubject);
