import {
  delay,
  DeviceError,
  DeviceLife,
  OperationGate,
  withDeadline,
  type DeviceInfo,
  type End,
} from '@buergerkoffer/core';
import { imageKind } from '@buergerkoffer/formats';
import { defer, Observable, throwError, timeout } from 'rxjs';
import type { Camera, CameraCapabilities, CameraEvent, CaptureRequest, PreviewFrame } from '../camera.js';
import { planCapture } from '../capture-plan.js';
import { cameraPhoto } from '../cameras/camera-photo.js';
import type { Photo } from '../photo/photo.js';
import { browserFailure } from './browser-failure.js';
import { thisBrowser, type BrowserPlatform, type BrowserStream } from './browser-platform.js';

/** Which camera is opened. */
export interface BrowserCameraOptions {
  /** From `navigator.mediaDevices.enumerateDevices()`. Default: the person chooses. */
  readonly deviceId?: string;
  /** Default: this browser. */
  readonly platform?: BrowserPlatform;
}

/** What the crop of the photo needs (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1): it is never scaled up. In pixels. */
const NEEDED = { widthPx: 1244, heightPx: 1600 } as const;
/** A person has to answer the browser's question. In milliseconds. */
const OPEN_MS = 60_000;
/** How long a photo, a question about photos and a frame may take, in milliseconds. */
const PHOTO_MS = 15_000;
const FRAME_MS = 10_000;
/** The live view is for looking at. */
const PREVIEW_WIDTH_PX = 1280;
const PREVIEW_QUALITY = 0.8;
const PACE_MS = 66;

/**
 * A camera of the browser, such as a webcam with 4K or one that stands upright. Rejects `access-denied`, `not-found`,
 * `busy`, and `unsupported` for one whose pictures have fewer than 1244 x 1600 pixels: it says how many are missing.
 */
export async function openBrowserCamera(
  options: BrowserCameraOptions = {},
  signal?: AbortSignal,
): Promise<Camera> {
  const { deviceId, platform = thisBrowser() } = options;
  const opening = platform.open(deviceId);
  let stream: BrowserStream;
  try {
    stream = await withDeadline('opening the camera', OPEN_MS, () => opening, signal);
  } catch (error) {
    // Allowed after all when nobody waits any more: the light must not stay on.
    void opening.then((late) => {
      late.stop();
    }, ignore);
    throw signal?.aborted === true ? error : browserFailure(error);
  }
  try {
    const still = await stillOf(stream, signal);
    return new BrowserCamera(stream, still);
  } catch (error) {
    stream.stop();
    throw error;
  }
}

interface Still {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Photos are larger than the frames of the stream: the frame is no way out. */
  readonly photosOnly: boolean;
}

async function stillOf(stream: BrowserStream, signal: AbortSignal | undefined): Promise<Still> {
  const { widthPx, heightPx } = stream;
  if (suffices({ widthPx, heightPx })) return { widthPx, heightPx, photosOnly: false };
  const photos = await withDeadline(
    'asking the camera for its photos',
    PHOTO_MS,
    () => stream.photoCapabilities(),
    signal,
  ).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    return undefined;
  });
  const largest = { widthPx: photos?.imageWidth?.max ?? 0, heightPx: photos?.imageHeight?.max ?? 0 };
  if (suffices(largest)) return { ...largest, photosOnly: true };
  const best = largest.heightPx > heightPx ? largest : { widthPx, heightPx };
  throw new DeviceError(
    'unsupported',
    `the camera gives ${best.widthPx} x ${best.heightPx} pixels, ${NEEDED.widthPx} x ${NEEDED.heightPx} are needed`,
    {
      remedy:
        'use a camera with 4K, or turn a camera of 1920 x 1080 and more upright so that it gives 1600 lines',
    },
  );
}

function suffices({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): boolean {
  return widthPx >= NEEDED.widthPx && heightPx >= NEEDED.heightPx;
}

class BrowserCamera implements Camera {
  readonly info: DeviceInfo;
  readonly capabilities: CameraCapabilities;
  readonly #stream: BrowserStream;
  readonly #still: Still;
  readonly #life: DeviceLife;
  /** The live view runs beside a capture, so it has a gate of its own. */
  readonly #view = new OperationGate();

  constructor(stream: BrowserStream, still: Still) {
    const { widthPx, heightPx } = still;
    this.info = { maker: 'browser', model: stream.label === '' ? 'camera' : stream.label, simulated: false };
    this.capabilities = {
      still: { widthPx, heightPx },
      liveView: true,
      remoteShutter: true,
      bodyShutter: false,
    };
    this.#stream = stream;
    this.#still = still;
    this.#life = new DeviceLife(() => {
      stream.stop();
      return Promise.resolve();
    });
    stream.onEnded(() => {
      const error = new DeviceError('lost', 'the camera has gone, or the browser took it away');
      void this.#view.end(error).catch(ignore);
      this.#life.lose(error);
    });
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  close(): Promise<void> {
    void this.#view.end(new DeviceError('closed', 'the device was closed')).catch(ignore);
    return this.#life.close();
  }

  preview(): Observable<PreviewFrame> {
    return this.#view.stream('preview', () =>
      running<PreviewFrame>(async (tell, signal) => {
        for (let sequence = 0; !signal.aborted; sequence += 1) {
          const frame = await withDeadline(
            'a frame',
            FRAME_MS,
            () => this.#stream.grab(PREVIEW_WIDTH_PX, PREVIEW_QUALITY),
            signal,
          );
          tell({ mediaType: 'image/jpeg', ...frame, sequence });
          await delay(PACE_MS, signal);
        }
      }),
    );
  }

  capture(request?: CaptureRequest): Observable<CameraEvent> {
    return defer(() => {
      const plan = planCapture(this.capabilities, request);
      return this.#life.gate.stream('capture', () =>
        running<CameraEvent>(async (tell, signal) => {
          tell({ type: 'ready' });
          for (let taken = 0; taken < plan.shots; taken += 1) {
            const photo = await withDeadline('a photo', PHOTO_MS, () => this.#photo(), signal);
            tell({ type: 'captured', photo, shutter: 'remote' });
          }
        }).pipe(
          timeout({
            each: plan.patienceMs,
            with: () =>
              throwError(
                () => new DeviceError('timeout', `the camera gave no photo for ${plan.patienceMs} ms`),
              ),
          }),
        ),
      );
    });
  }

  /** A photo of the camera; where it takes none that is large enough, the frame that is shown. */
  async #photo(): Promise<Photo> {
    const taken = await this.#stream.takePhoto(this.#still).catch((error: unknown) => {
      if (this.#still.photosOnly) throw error;
      return undefined;
    });
    if (taken !== undefined && imageKind(taken) === 'jpeg') {
      const photo = cameraPhoto(taken);
      if (suffices(photo)) return photo;
    }
    if (this.#still.photosOnly) {
      throw new DeviceError('protocol', 'the camera gives smaller photos than it promised');
    }
    const { bytes } = await this.#stream.grab(this.#still.widthPx, 1);
    return cameraPhoto(bytes);
  }
}

/** A stream of what `work` tells; unsubscribing aborts it. */
function running<T>(work: (tell: (value: T) => void, signal: AbortSignal) => Promise<void>): Observable<T> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => {
      stop.abort();
    });
    work((value) => {
      subscriber.next(value);
    }, stop.signal).then(
      () => {
        subscriber.complete();
      },
      (error: unknown) => {
        if (!stop.signal.aborted) subscriber.error(browserFailure(error));
      },
    );
  });
}

function ignore(): void {
  // Nobody waits for it.
}
