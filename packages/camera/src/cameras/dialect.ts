import type { DeviceError } from '@buergerkoffer/core';
import type { RetryReason } from '../camera.js';
import type { PtpEvent } from '../ptp/nikon-events.js';

/** A file that a camera offers, whichever way it told. */
export interface NewObject {
  readonly handle: number;
  readonly format: number;
  readonly sizeBytes: number;
}

/** What happens at a camera, in one vocabulary for all makers. */
export type BodyEvent =
  /** A file was stored; what it is has to be asked for. */
  | { readonly type: 'handle-added'; readonly handle: number }
  | { readonly type: 'object-added'; readonly object: NewObject }
  /** Nothing more comes of the last shot. */
  | { readonly type: 'capture-complete' }
  /** Somebody must look after the camera. */
  | { readonly type: 'failed'; readonly error: DeviceError };

/** How a download is done. */
export interface FetchOptions {
  readonly signal: AbortSignal;
  readonly progress: (received: number, total: number) => void;
}

/** The live view of a camera. */
export interface LiveView {
  start(signal: AbortSignal): Promise<void>;
  /** The next frame, a JPEG; undefined while there is none yet. */
  frame(signal: AbortSignal): Promise<Uint8Array | undefined>;
  stop(): Promise<void>;
}

/** How the cameras of one maker are used. Rejections are `DeviceError`s. */
export interface Dialect {
  /** Prepares the camera for remote use. */
  start(signal: AbortSignal): Promise<void>;
  /** Gives the camera back to its buttons. */
  stop(): Promise<void>;
  /** Before a capture begins: what happened until now is forgotten. */
  prepare?(signal: AbortSignal): Promise<void>;
  readonly remoteShutter: boolean;
  readonly liveView?: LiveView;
  /** Releases the shutter; resolves when the camera has taken the order, or with why it took none. */
  release(signal: AbortSignal): Promise<'released' | RetryReason>;
  /** What an event of the camera says; undefined for those that mean nothing here. */
  heard(event: PtpEvent): BodyEvent | undefined;
  /** Asks for what happened; absent where the camera tells by itself. */
  poll?(): Promise<readonly BodyEvent[]>;
  fetch(object: NewObject, options: FetchOptions): Promise<Uint8Array>;
  /** An object that nobody wants; where the camera keeps it until it is told, it is told. */
  discard?(object: NewObject, signal: AbortSignal): Promise<void>;
}
