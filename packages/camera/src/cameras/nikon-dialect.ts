import { delay, DeviceError } from '@buergerkoffer/core';
import type { RetryReason } from '../camera.js';
import {
  NIKON_EVENT,
  NIKON_OPERATION,
  NIKON_PROPERTY,
  NIKON_RESPONSE,
  OPERATION,
  RESPONSE,
} from '../ptp/codes.js';
import { readNikonLiveView } from '../ptp/live-view.js';
import { readNikonEvents, readNikonEventsEx, type PtpEvent } from '../ptp/nikon-events.js';
import { understood } from '../session/protocol-error.js';
import type { PtpSession } from '../session/ptp-session.js';
import { refusal } from '../session/refusal.js';
import type { BodyEvent, Dialect, LiveView } from './dialect.js';
import { wholeObject } from './download.js';
import { CAPTURE_MS, standardEvent } from './standard-dialect.js';

/** The handle of a photo in memory where the event names none. */
const IN_MEMORY = 0xffff_0001;
/** With autofocus, into memory. */
const FOCUS_FIRST = 0xffff_fffe;
const AS_IT_IS = 0xffff_ffff;
const TO_MEMORY = 1;
const MAX_FRAME_BYTES = 8 * 1024 * 1024;
const FRAME_MS = 3_000;
const EVENTS_MS = 15_000;
const READY_MS = 10_000;
const READY_PAUSE_MS = 20;
const UNDO_MS = 500;

/** Nikon's cameras: photos go to the computer; the body stays unlocked (no ChangeCameraMode), so that its shutter works. */
export function nikonDialect(session: PtpSession): Dialect {
  const capture = captureOf(session);
  const liveView = session.supports(NIKON_OPERATION.getLiveViewImage) ? liveViewOf(session) : undefined;
  const poll = pollOf(session);
  return {
    remoteShutter: capture !== undefined,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    ...(liveView === undefined ? {} : { liveView }),
    release: async (signal) => {
      if (capture === undefined) throw new DeviceError('unsupported', 'this camera has no remote shutter');
      const { code } = await session.ask(...capture, { signal, timeoutMs: CAPTURE_MS });
      if (code === NIKON_RESPONSE.outOfFocus) return 'out-of-focus';
      if (code !== RESPONSE.ok) throw refusal(capture[0], code);
      return afterShot(session, signal);
    },
    // What can be asked for is not heard twice: photos in memory share one handle.
    heard: poll === undefined ? heard : failureHeard,
    ...(poll === undefined ? {} : { poll }),
    fetch: (object, options) => wholeObject(session, object, options),
  };
}

/** The best way to release that this model has, with its parameters. */
function captureOf(session: PtpSession): readonly [number, readonly number[]] | undefined {
  const ways = [
    [NIKON_OPERATION.captureToMedia, [FOCUS_FIRST, TO_MEMORY]],
    [NIKON_OPERATION.focusAndCaptureToMemory, []],
    [NIKON_OPERATION.captureToMemory, [AS_IT_IS]],
    [OPERATION.initiateCapture, [0, 0]],
  ] as const;
  return ways.find(([operation]) => session.supports(operation));
}

/** The order was taken: whether there will be a photo is what the camera says when it is ready again. */
async function afterShot(session: PtpSession, signal: AbortSignal): Promise<'released' | RetryReason> {
  if (!session.supports(NIKON_OPERATION.deviceReady)) return 'released';
  const code = await untilReady(session, CAPTURE_MS, signal);
  if (code === NIKON_RESPONSE.outOfFocus) return 'out-of-focus';
  if (code !== RESPONSE.ok) throw refusal(NIKON_OPERATION.deviceReady, code);
  return 'released';
}

async function untilReady(session: PtpSession, timeoutMs: number, signal: AbortSignal): Promise<number> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const { code } = await session.ask(NIKON_OPERATION.deviceReady, [], { signal, whileBusy: false });
    if (code !== RESPONSE.deviceBusy || performance.now() > endsAt) return code;
    await delay(READY_PAUSE_MS, signal);
  }
}

function heard(event: PtpEvent): BodyEvent | undefined {
  const [first = 0] = event.parameters;
  switch (event.code) {
    case NIKON_EVENT.objectAddedInMemory:
      return { type: 'handle-added', handle: first === 0 ? IN_MEMORY : first };
    case NIKON_EVENT.captureCompleteInMemory:
      return { type: 'capture-complete' };
    default:
      return standardEvent(event);
  }
}

function failureHeard(event: PtpEvent): BodyEvent | undefined {
  const said = heard(event);
  return said?.type === 'failed' ? said : undefined;
}

function pollOf(session: PtpSession): Dialect['poll'] {
  const ways = [
    [NIKON_OPERATION.getEventEx, readNikonEventsEx],
    [NIKON_OPERATION.getEvent, readNikonEvents],
  ] as const;
  const way = ways.find(([operation]) => session.supports(operation));
  if (way === undefined) return undefined;
  const [operation, read] = way;
  return async () => {
    const { data } = await session.run(operation, [], { timeoutMs: EVENTS_MS });
    const events = understood('the events of the camera', () => read(data));
    return events.map(heard).filter((event) => event !== undefined);
  };
}

function liveViewOf(session: PtpSession): LiveView {
  return {
    start: async (signal) => {
      // Live view works only while photos go to memory; models that know no such choice refuse.
      await session.ask(OPERATION.setDevicePropValue, [NIKON_PROPERTY.recordingMedia], {
        signal,
        data: new Uint8Array([TO_MEMORY]),
      });
      await session.run(NIKON_OPERATION.startLiveView, [], { signal });
      await untilReady(session, READY_MS, signal);
    },
    frame: async (signal) => {
      const { code, data } = await session.ask(NIKON_OPERATION.getLiveViewImage, [], {
        signal,
        timeoutMs: FRAME_MS,
        maxBytes: MAX_FRAME_BYTES,
        whileBusy: false,
      });
      if (code === RESPONSE.deviceBusy) return undefined;
      if (code === NIKON_RESPONSE.notLiveView) {
        // A shot ends the live view of some models.
        await session.ask(NIKON_OPERATION.startLiveView, [], { signal });
        return undefined;
      }
      if (code !== RESPONSE.ok) throw refusal(NIKON_OPERATION.getLiveViewImage, code);
      return readNikonLiveView(data);
    },
    stop: async () => {
      await session.ask(NIKON_OPERATION.endLiveView, [], { timeoutMs: UNDO_MS });
      await session.ask(OPERATION.setDevicePropValue, [NIKON_PROPERTY.recordingMedia], {
        timeoutMs: UNDO_MS,
        data: new Uint8Array([0]),
      });
    },
  };
}
