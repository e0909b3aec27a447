import type { Clock } from '@buergerkoffer/core';
import type { RgbImage } from '@buergerkoffer/formats';
import { Observable, type OperatorFunction } from 'rxjs';
import type { PreviewFrame } from '../camera.js';
import type { FaceLocator } from '../landmarks/face-locator.js';
import { decodePreview } from './decode-preview.js';
import { hasSecondFace, nextGuidance, type Guidance, type GuidanceSettings } from './guidance.js';

/** How a live view is watched. */
export interface LiveGuidanceOptions extends GuidanceSettings {
  /** Pixels of a frame; by default a JPEG decoder in JavaScript. */
  readonly decode?: (frame: PreviewFrame) => RgbImage | Promise<RgbImage>;
  readonly clock?: Pick<Clock, 'elapsed'>;
}

const performanceClock: Pick<Clock, 'elapsed'> = { elapsed: () => performance.now() };
/**
 * Every so often the whole frame is searched, for a second face beside the one that is followed; where there is one, as long as it
 * stays.
 */
const WHOLE_FRAME_MS = 1000;

/**
 * Guidance for the frames of a live view: one answer for each frame that was looked at. While one is being looked at only the
 * latest of those that come is kept. Fails with what the locator or the decoder fails with; unsubscribing cancels both.
 */
export function liveGuidance(
  locator: FaceLocator,
  options: LiveGuidanceOptions = {},
): OperatorFunction<PreviewFrame, Guidance> {
  return (frames) =>
    new Observable<Guidance>((subscriber) => {
      const watcher = new FrameWatcher(locator, options);
      let waiting: PreviewFrame | undefined;
      let isBusy = false;
      let isOver = false;
      const work = async (): Promise<void> => {
        isBusy = true;
        for (let frame = waiting; frame !== undefined; frame = waiting) {
          waiting = undefined;
          const guidance = await watcher.look(frame);
          subscriber.next(guidance);
        }
        isBusy = false;
        if (isOver) subscriber.complete();
      };
      subscriber.add(() => {
        waiting = undefined;
        watcher.stop();
      });
      subscriber.add(
        frames.subscribe({
          next: (frame) => {
            waiting = frame;
            if (!isBusy) {
              work().catch((error: unknown) => {
                subscriber.error(error);
              });
            }
          },
          error: (error: unknown) => {
            subscriber.error(error);
          },
          complete: () => {
            isOver = true;
            if (!isBusy) subscriber.complete();
          },
        }),
      );
    });
}

/** Looks at one frame after the other and remembers what it needs for the next. */
class FrameWatcher {
  readonly #locator: FaceLocator;
  readonly #options: LiveGuidanceOptions;
  readonly #abort = new AbortController();
  #guidance: Guidance | undefined;
  #wholeFrameMs = Number.NEGATIVE_INFINITY;
  #hasOthers = false;

  constructor(locator: FaceLocator, options: LiveGuidanceOptions) {
    this.#locator = locator;
    this.#options = options;
  }

  async look(frame: PreviewFrame): Promise<Guidance> {
    const atMs = (this.#options.clock ?? performanceClock).elapsed();
    const { signal } = this.#abort;
    const image = await (this.#options.decode ?? decodePreview)(frame);
    signal.throwIfAborted();
    const mayFollow = !this.#hasOthers && atMs - this.#wholeFrameMs < WHOLE_FRAME_MS;
    const near = mayFollow ? this.#guidance?.face : undefined;
    if (near === undefined) this.#wholeFrameMs = atMs;
    const faces = await this.#locator.locate(image, {
      effort: 'quick',
      signal,
      ...(near === undefined ? {} : { near }),
    });
    this.#hasOthers = hasSecondFace(faces);
    const observed = { widthPx: image.width, heightPx: image.height, faces, atMs };
    this.#guidance = nextGuidance(this.#guidance, observed, this.#options);
    return this.#guidance;
  }

  stop(): void {
    this.#abort.abort();
  }
}
