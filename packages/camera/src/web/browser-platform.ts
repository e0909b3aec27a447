/** What a camera of a browser can do; sizes in pixels. */
export interface PhotoCapabilities {
  readonly imageWidth?: { readonly max?: number };
  readonly imageHeight?: { readonly max?: number };
}

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

/** The browser that this page runs in. */
export function thisBrowser(): BrowserPlatform {
  return {
    open: async (deviceId) => {
      const stream = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: {
          width: { ideal: WIDEST_PX },
          height: { ideal: WIDEST_PX },
          ...(deviceId === undefined ? {} : { deviceId: { exact: deviceId } }),
        },
      });
      const [track] = stream.getVideoTracks();
      if (track === undefined) throw new DOMException('the stream has no picture', 'NotFoundError');
      const video = await shown(stream);
      return new ElementStream(track, video);
    },
  };
}

async function shown(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play();
  return video;
}

/** ImageCapture as browsers have it (W3C MediaStream Image Capture). */
interface StillCapture {
  takePhoto(settings?: { readonly imageWidth?: number; readonly imageHeight?: number }): Promise<Blob>;
  getPhotoCapabilities(): Promise<PhotoCapabilities>;
}

class ElementStream implements BrowserStream {
  readonly label: string;
  readonly #track: MediaStreamTrack;
  readonly #video: HTMLVideoElement;
  readonly #stills: StillCapture | undefined;

  constructor(track: MediaStreamTrack, video: HTMLVideoElement) {
    this.label = track.label;
    this.#track = track;
    this.#video = video;
    this.#stills = stillCapture(track);
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

  async takePhoto({
    widthPx,
    heightPx,
  }: {
    widthPx: number;
    heightPx: number;
  }): Promise<Uint8Array | undefined> {
    const blob = await this.#stills?.takePhoto({ imageWidth: widthPx, imageHeight: heightPx });
    return blob === undefined ? undefined : new Uint8Array(await blob.arrayBuffer());
  }

  async grab(maxWidthPx: number, quality: number): Promise<Grabbed> {
    const { videoWidth, videoHeight } = this.#video;
    const scale = Math.min(1, maxWidthPx / videoWidth);
    const canvas = document.createElement('canvas');
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

function stillCapture(track: MediaStreamTrack): StillCapture | undefined {
  const make: unknown = Reflect.get(globalThis, 'ImageCapture');
  if (typeof make !== 'function') return undefined;
  // Not in every version of the DOM types; its shape is the standard's.
  return Reflect.construct(make, [track]) as StillCapture;
}
