import { defineKind, type Device } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { Photo } from './photo/photo.js';

/** What a camera can do; plain data, reading it asks the device nothing. */
export interface CameraCapabilities {
  /** Size of a still photo as stored, before orientation, in pixels; absent where only a photo tells. */
  readonly still?: { readonly widthPx: number; readonly heightPx: number };
  /** Whether {@link Camera.preview} gives frames; else it fails with `unsupported`. */
  readonly liveView: boolean;
  /** Whether the app can release the shutter; else somebody presses it on the body. */
  readonly remoteShutter: boolean;
  /** Whether the camera has a shutter to press; a camera that is built into a computer has none. */
  readonly bodyShutter: boolean;
}

/** One frame of the live view: for looking at, never for the document. */
export interface PreviewFrame {
  readonly mediaType: 'image/jpeg';
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Number of the frame since the preview began, from 0; a gap means that frames were dropped. */
  readonly sequence: number;
}

/** What `capture` is asked to do. */
export interface CaptureRequest {
  /**
   * Who releases the shutter. `remote`, the default where the camera has it, releases once the camera is ready;
   * `body` waits for somebody at the camera. The shutter on the body, where there is one, works in both cases.
   */
  readonly shutter?: Shutter;
  /** How many photos to wait for, 1 to 100; the stream completes after the last one. Default 1. */
  readonly shots?: number;
  /** How long to wait for each event, in milliseconds, 1 to 3,600,000; then `timeout`. Default 60,000. */
  readonly patienceMs?: number;
}

/** Which shutter was released: by the app over the cable, or by hand on the camera. */
export type Shutter = 'remote' | 'body';

/**
 * What the person in front of the camera should do, or what the camera is doing: the values of LiveStatus of
 * BSI TR-03121-2-2 v6.0 (HLBS, Basic Facial Image Acquisition System).
 */
export type LiveStatus =
  | 'Initializing'
  | 'SearchingFace'
  | 'FaceRecognized'
  | 'Capturing'
  | 'StepBack'
  | 'StepForward'
  | 'StepLeft'
  | 'StepRight'
  | 'MoveUp'
  | 'MoveDown'
  | 'StandStill'
  | 'LookStraight'
  | 'OpenEyes'
  | 'CloseMouth'
  | 'MultipleFaces'
  | 'PerformingQA'
  | 'AssessQuality';

/** Why no photo came of an attempt; the camera tries again by itself. */
export type RetryReason = 'out-of-focus' | 'moved' | 'too-dark';

/** What happens during a capture. */
export type CameraEvent =
  /** The camera waits for the shutter; the first event of every capture. */
  | { readonly type: 'ready' }
  /** For the person; only cameras that see faces send it. */
  | { readonly type: 'guidance'; readonly status: LiveStatus }
  /** The attempt gave no photo. */
  | { readonly type: 'retry'; readonly reason: RetryReason }
  /** A large photo is on its way: told at every megabyte, not at the last. */
  | { readonly type: 'downloading'; readonly receivedBytes: number; readonly totalBytes: number }
  | { readonly type: 'captured'; readonly photo: Photo; readonly shutter: Shutter };

/**
 * A camera for the photo of the document: tethered, built in, or a folder that a camera writes to.
 *
 * `preview` and `capture` may run at the same time, each of them once (a second one is `busy`). A camera that needs a
 * hand before it can go on (memory card full, battery empty, wrong mode) fails with `attention` and says which.
 */
export interface Camera extends Device {
  readonly capabilities: CameraCapabilities;
  /**
   * The live view until unsubscribed. Always the latest frame: a frame that nobody could take is dropped, none is
   * queued. Fails with `unsupported` where there is no live view, with `timeout` when no frame comes for 10 seconds.
   */
  preview(): Observable<PreviewFrame>;
  /**
   * Takes photos: `ready`, then guidance and retries, then `captured` for each shot; completes after the last one.
   * Fails with `invalid-request` before the device is asked, with `unsupported` for a shutter that is not there,
   * with `timeout` when nothing happens within `patienceMs`. Unsubscribing cancels.
   */
  capture(request?: CaptureRequest): Observable<CameraEvent>;
}

/** The kind `camera`: what apps ask the device manager for. */
export const CAMERA = defineKind<Camera>('camera', 'Kamera', { preview: 'stream', capture: 'stream' });
