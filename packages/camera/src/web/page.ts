import { DeviceError } from '@buergerkoffer/core';

/** What a camera of a browser can do; sizes in pixels. */
export interface PhotoCapabilities {
  readonly imageWidth?: { readonly max?: number };
  readonly imageHeight?: { readonly max?: number };
}

/**
 * As much of a page's objects as a camera needs (W3C Media Capture and Streams, MediaStream Image Capture, HTML). Written
 * down here so that whoever uses this package need not have the types of the DOM.
 */
export interface Page {
  readonly navigator: {
    readonly mediaDevices: { getUserMedia(constraints: object): Promise<Stream> };
  };
  readonly document: PageDocument;
}

/** The document of a page. */
export interface PageDocument {
  createElement(name: 'video'): Video;
  createElement(name: 'canvas'): Canvas;
}

interface Stream {
  getVideoTracks(): readonly Track[];
}

/** One camera's track. */
export interface Track {
  readonly label: string;
  getSettings(): { readonly width?: number; readonly height?: number };
  addEventListener(type: 'ended', listener: () => void, options: { readonly once: boolean }): void;
  stop(): void;
}

/** An element that shows a stream. */
export interface Video {
  muted: boolean;
  playsInline: boolean;
  srcObject: unknown;
  readonly videoWidth: number;
  readonly videoHeight: number;
  play(): Promise<void>;
}

interface Canvas {
  width: number;
  height: number;
  getContext(kind: '2d'): {
    drawImage(video: Video, x: number, y: number, width: number, height: number): void;
  } | null;
  toBlob(done: (blob: Blob | null) => void, type: string, quality: number): void;
}

/** ImageCapture of one track. */
export interface StillCapture {
  takePhoto(settings: { readonly imageWidth: number; readonly imageHeight: number }): Promise<Blob>;
  getPhotoCapabilities(): Promise<PhotoCapabilities>;
}

/** `scope` as a page; `unsupported` where it has no document or no cameras. */
export function pageOf(scope: object): Page {
  if (isPage(scope)) return scope;
  throw new DeviceError(
    'unsupported',
    'there are no cameras here: this is no page, or it was not loaded in a secure way',
    {
      remedy:
        'open the camera from a page, not from a worker, and serve the page over https or from localhost',
    },
  );
}

/** ImageCapture for `track`; undefined in browsers without it. */
export function stillCapture(track: Track): StillCapture | undefined {
  const make: unknown = Reflect.get(globalThis, 'ImageCapture');
  if (typeof make !== 'function') return undefined;
  const capture: unknown = Reflect.construct(make, [track]);
  return isStillCapture(capture) ? capture : undefined;
}

function isPage(scope: object): scope is Page {
  const { navigator, document } = scope as Partial<Page>;
  return document !== undefined && navigator?.mediaDevices !== undefined;
}

function isStillCapture(value: unknown): value is StillCapture {
  return (
    typeof value === 'object' && value !== null && 'takePhoto' in value && 'getPhotoCapabilities' in value
  );
}
