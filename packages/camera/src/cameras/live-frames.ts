import { delay, DeviceError } from '@buergerkoffer/core';
import { InputError, readJpegInfo } from '@buergerkoffer/formats';
import { Observable } from 'rxjs';
import type { PreviewFrame } from '../camera.js';
import type { LiveView } from './dialect.js';

/** How long no frame may come, in milliseconds; stated at `Camera.preview`. */
const FRAME_MS = 10_000;
/** From one frame to the next at least, and where there was none, in milliseconds. */
const PACE_MS = 33;
const AGAIN_MS = 15;

/**
 * The frames of a live view until unsubscribed; then it is switched off, and `released` is given the promise of that.
 * A frame is asked for when the one before was handed on: none waits. One that is damaged is left out.
 */
export function liveFrames(
  view: LiveView,
  released: (work: Promise<unknown>) => void,
): Observable<PreviewFrame> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    const running = run(view, stop.signal, (frame) => {
      subscriber.next(frame);
    }).catch((error: unknown) => {
      if (!stop.signal.aborted) subscriber.error(error);
    });
    subscriber.add(() => {
      stop.abort();
      released(running.then(() => view.stop()));
    });
  });
}

/** A frame under way is waited for, not cancelled: cancelling upsets more cameras than it helps. */
async function run(view: LiveView, stop: AbortSignal, tell: (frame: PreviewFrame) => void): Promise<void> {
  const never = new AbortController().signal;
  await view.start(never);
  let lastAt = performance.now();
  let sequence = 0;
  for (;;) {
    const askedAt = performance.now();
    const bytes = await view.frame(never);
    const size = bytes === undefined ? undefined : sizeOf(bytes);
    stop.throwIfAborted();
    if (bytes !== undefined && size !== undefined) {
      lastAt = performance.now();
      tell({ mediaType: 'image/jpeg', bytes, ...size, sequence });
      sequence += 1;
    } else if (performance.now() - lastAt > FRAME_MS) {
      throw new DeviceError('timeout', `no frame within ${FRAME_MS} ms`);
    }
    const pause = size === undefined ? AGAIN_MS : PACE_MS - (performance.now() - askedAt);
    await delay(Math.max(0, pause), stop);
  }
}

function sizeOf(bytes: Uint8Array): { readonly widthPx: number; readonly heightPx: number } | undefined {
  try {
    const { width, height } = readJpegInfo(bytes);
    return { widthPx: width, heightPx: height };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
