import { DeviceError } from '@buergerkoffer/core';
import {
  pageOf,
  stillCapture,
  type PhotoCapabilities,
  type PageDocument,
  type StillCapture,
  type Track,
  type Video,
} from './page.js';

/** A picture taken from a stream. */
export interface Grabbed {
  readonly bytes: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** An open stream of one camera. */
export interface BrowserStream {
  /** What the camera calls itself. */
  readonly label: string;
  /** Size of the frames, in pixels. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** What the camera can take as photos; undefined where the browser cannot ask it. */
  photoCapabilities(): Promise<PhotoCapabilities | undefined>;
  /** A photo in full resolution; undefined where the browser cannot take one. */
  takePhoto(size: { readonly widthPx: number; readonly heightPx: number }): Promise<Uint8Array | undefined>;
  /** The frame that is shown now as a JPEG of `quality` 0 to 1, at most `maxWidthPx` wide. */
  grab(maxWidthPx: number, quality: number): Promise<Grabbed>;
  /** Calls `listener` when the camera has gone. */
  onEnded(listener: () => void): void;
  stop(): void;
}

/** Where streams come from. */
export interface BrowserPlatform {
  /** Opens the camera `deviceId`, or the one that the person chooses; rejects as `getUserMedia` does. */
  open(deviceId: string | undefined): Promise<BrowserStream>;
}

/** What is asked for: the largest that the camera has, as it is. */
const WIDEST_PX = 7680;

/** The browser that this page runs in; in a worker, and without a secure origin, it has no cameras: `unsupported`. */
export function thisBrowser(): BrowserPlatform {
  return {
    open: async (deviceId) => {
      const { navigator, document } = pageOf(globalThis);
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          width: { ideal: WIDEST_PX },
          height: { ideal: WIDEST_PX },
          ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
        },
      });
      const [track] = stream.getVideoTracks();
      if (track === undefined) throw new DeviceError('not-found', 'the stream of the camera has no picture');
      const video = document.createElement('video');
      video.muted = true;
      video.playsInline = true;
      video.srcObject = stream;
      await video.play();
      return new ElementStream(document, track, video, stillCapture(track));
    },
  };
}

class ElementStream implements BrowserStream {
  readonly label: string;
  readonly #document: PageDocument;
  readonly #track: Track;
  readonly #video: Video;
  readonly #stills: StillCapture | undefined;

  constructor(document: PageDocument, track: Track, video: Video, stills: StillCapture | undefined) {
    this.label = track.label;
    this.#document = document;
    this.#track = track;
    this.#video = video;
    this.#stills = stills;
  }

  get widthPx(): number {
    return this.#track.getSettings().width ?? this.#video.videoWidth;
  }

  get heightPx(): number {
    return this.#track.getSettings().height ?? this.#video.videoHeight;
  }

  async photoCapabilities(): Promise<PhotoCapabilities | undefined> {
    return this.#stills?.getPhotoCapabilities();
  }

  async takePhoto(size: { widthPx: number; heightPx: number }): Promise<Uint8Array | undefined> {
    const settings = { imageWidth: size.widthPx, imageHeight: size.heightPx };
    const blob = await this.#stills?.takePhoto(settings);
    return blob === undefined ? undefined : new Uint8Array(await blob.arrayBuffer());
  }

  async grab(maxWidthPx: number, quality: number): Promise<Grabbed> {
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, maxWidthPx / videoWidth);
    const canvas = this.#document.createElement('canvas');
    canvas.width = Math.round(videoWidth * scale);
    canvas.height = Math.round(videoHeight * scale);
    canvas.getContext('2d')?.drawImage(this.#video, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', quality);
    });
    const bytes = new Uint8Array((await blob?.arrayBuffer()) ?? []);
    return { bytes, widthPx: canvas.width, heightPx: canvas.height };
  }

  onEnded(listener: () => void): void {
    this.#track.addEventListener('ended', listener, { once: true });
  }

  stop(): void {
    this.#track.stop();
    this.#video.srcObject = null;
  }
}
