import { DeviceError } from '@buergerkoffer/core';
import { EVENT, OPERATION } from '../ptp/codes.js';
import type { PtpEvent } from '../ptp/nikon-events.js';
import type { PtpSession } from '../session/ptp-session.js';
import type { BodyEvent, Dialect } from './dialect.js';
import { wholeObject } from './download.js';

/** A shot with a long exposure, in milliseconds. */
export const CAPTURE_MS = 100_000;

/** Cameras that speak PTP as ISO 15740 has it: captured on the card, told by the camera itself. No live view. */
export function standardDialect(session: PtpSession): Dialect {
  return {
    remoteShutter: session.supports(OPERATION.initiateCapture),
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    release: async (signal) => {
      // Any storage, any format.
      await session.run(OPERATION.initiateCapture, [0, 0], { signal, timeoutMs: CAPTURE_MS });
      return 'released';
    },
    heard: standardEvent,
    fetch: (object, options) => wholeObject(session, object, options),
  };
}

/** What the events of the standard mean. */
export function standardEvent({ code, parameters: [first = 0] }: PtpEvent): BodyEvent | undefined {
  switch (code) {
    case EVENT.objectAdded:
      return { type: 'handle-added', handle: first };
    case EVENT.captureComplete:
      return { type: 'capture-complete' };
    case EVENT.storeFull:
      return { type: 'failed', error: storeFull() };
    default:
      return undefined;
  }
}

function storeFull(): DeviceError {
  return new DeviceError('attention', 'the memory of the camera is full', {
    remedy: 'empty the memory card or put in another, then repeat',
  });
}
