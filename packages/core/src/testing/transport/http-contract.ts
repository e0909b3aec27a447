import { httpAnswers } from './http-answers.js';
import { httpBodies } from './http-bodies.js';
import { httpKit } from './http-kit.js';
import { leavingNoOpen, leavingNothing } from './leaving-nothing.js';
import { openAndClose } from './open-and-close.js';
import { answeredCalls, pendingCalls } from './pending-calls.js';
import type { TransportCase } from './transport-under-test.js';

/**
 * What every HTTP transport promises, tried on the reference service (see `HTTP_REFERENCE`). It has no connection that
 * could be lost: requests are lost, one by one.
 */
export function httpContract(): readonly TransportCase<'http'>[] {
  return [
    ...openAndClose(httpKit),
    ...httpAnswers(),
    ...httpBodies(),
    ...answeredCalls(httpKit),
    ...pendingCalls(httpKit),
    ...leavingNoOpen<'http'>(),
    ...leavingNothing(httpKit),
  ];
}
