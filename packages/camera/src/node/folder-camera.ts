import { delay, DeviceError, DeviceLife, type DeviceInfo, type End } from '@buergerkoffer/core';
import { defer, Observable, throwError, timeout } from 'rxjs';
import type { Camera, CameraCapabilities, CameraEvent, CaptureRequest, PreviewFrame } from '../camera.js';
import { planCapture, type CapturePlan } from '../capture-plan.js';
import type { PhotoLimits } from '../photo/limits.js';
import { CardWatch } from './card-watch.js';
import { importFile } from './import-photos.js';

/** How a folder is used as a camera. */
export interface FolderCameraOptions {
  /** Where the camera, or the program that serves it, puts its photos. */
  readonly folder: string;
  /** What to call it. Default `photo folder`. */
  readonly model?: string;
  /** How often the folder is looked at, in milliseconds. Default 200. */
  readonly pollMs?: number;
  readonly limits?: PhotoLimits;
}

const POLL_MS = 200;
const CAPABILITIES: CameraCapabilities = { liveView: false, remoteShutter: false, bodyShutter: true };

/**
 * A camera that writes to a folder, by a wireless card or another program: a capture waits for the next file. Rejects
 * `not-found` or `access-denied` where the folder cannot be read.
 */
export async function openFolderCamera(options: FolderCameraOptions, signal?: AbortSignal): Promise<Camera> {
  signal?.throwIfAborted();
  await new CardWatch(options.folder).skip();
  signal?.throwIfAborted();
  return new FolderCamera(options);
}

class FolderCamera implements Camera {
  readonly info: DeviceInfo;
  readonly capabilities = CAPABILITIES;
  readonly #options: FolderCameraOptions;
  readonly #life = new DeviceLife();

  constructor(options: FolderCameraOptions) {
    this.#options = options;
    this.info = { maker: 'folder', model: options.model ?? 'photo folder', simulated: false };
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  preview(): Observable<PreviewFrame> {
    return throwError(
      () => this.#life.over ?? new DeviceError('unsupported', 'a folder of photos has no live view'),
    );
  }

  capture(request?: CaptureRequest): Observable<CameraEvent> {
    return defer(() => {
      const plan = planCapture(this.capabilities, request);
      return this.#life.gate.stream('capture', () =>
        this.#capture(plan).pipe(
          timeout({
            each: plan.patienceMs,
            with: () =>
              throwError(() => new DeviceError('timeout', `no photo came for ${plan.patienceMs} ms`)),
          }),
        ),
      );
    });
  }

  #capture(plan: CapturePlan): Observable<CameraEvent> {
    return new Observable((subscriber) => {
      const stop = new AbortController();
      subscriber.add(() => {
        stop.abort();
      });
      void this.#run(plan, stop.signal, (event) => {
        subscriber.next(event);
      }).then(
        () => {
          subscriber.complete();
        },
        (error: unknown) => {
          if (stop.signal.aborted) return;
          const failure = lost(error);
          this.#life.lose(failure);
        },
      );
    });
  }

  async #run(plan: CapturePlan, stop: AbortSignal, tell: (event: CameraEvent) => void): Promise<void> {
    const { folder, pollMs = POLL_MS, limits } = this.#options;
    const card = new CardWatch(folder);
    await card.skip();
    tell({ type: 'ready' });
    for (let taken = 0; ;) {
      // The oldest first: two photos come in the order in which they were taken.
      for (const { path, bytes } of [...(await card.look())].reverse()) {
        const file = await importFile(path, bytes, limits);
        stop.throwIfAborted();
        // A file that is no photo, or is cut off, may be followed by one that is.
        if (file?.type !== 'photo') continue;
        tell({ type: 'captured', photo: file.photo, shutter: 'body' });
        taken += 1;
        if (taken === plan.shots) return;
      }
      await delay(pollMs, stop);
    }
  }
}

function lost(error: unknown): DeviceError {
  return new DeviceError('lost', 'the folder of photos has gone', {
    cause: error,
    remedy: 'put the memory card in again, or look at the program that fills the folder',
  });
}
