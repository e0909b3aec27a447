import { CameraBody } from './camera-body.js';
import { CameraClock } from './camera-clock.js';
import { CameraFaults, type PlannedCameraFault } from './camera-fault.js';
import { CameraProperties } from './camera-property.js';
import { CANON } from './canon/canon.js';
import { Card } from './card.js';
import { FORMAT } from './codes.js';
import type { Dialect } from './dialect.js';
import { NIKON } from './nikon/nikon.js';
import { PtpResponder, type PtpConnection } from './responder.js';
import type { PtpEvent } from './operation.js';
import { STANDARD } from './standard.js';
import { standardProperties } from './standard-properties.js';

/** How a camera speaks PTP: as ISO 15740 says, or with the extension of Canon's EOS or of Nikon. */
export type CameraDialect = 'standard' | 'canon' | 'nikon';

/** What a virtual camera is made with. */
export interface VirtualCameraOptions {
  /** The picture of a shot, a JPEG; shots are counted from 1. */
  readonly photograph: (shot: number) => Uint8Array;
  /** Its thumbnail, a small JPEG; without it pictures have none. */
  readonly thumbnail?: (shot: number) => Uint8Array;
  /** A frame of the live view, a JPEG; frames are counted from 0. Without it there is no live view. */
  readonly preview?: (frame: number) => Uint8Array;
  /** Default `standard`. */
  readonly dialect?: CameraDialect;
  /** Pictures that are on the card already: the first shots. Default 0. */
  readonly taken?: number;
  /** Pictures that fit on the card. Default 999. */
  readonly capacity?: number;
  /** Pictures after which a new folder begins. Default 999. */
  readonly picturesPerFolder?: number;
  /** From the shutter to the picture, in milliseconds. Default 300. */
  readonly shutterMs?: number;
  readonly batteryPercent?: number;
  readonly serialNumber?: string;
  readonly faults?: readonly PlannedCameraFault[];
  /** Default: the clock of this computer. */
  readonly now?: () => Date;
}

/** A picture on the card. */
export interface CameraPicture {
  /** `LAB_0001.JPG` */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A camera that a host works over PTP, and a person by its button. */
export interface VirtualCamera {
  readonly maker: string;
  readonly model: string;
  readonly serialNumber: string;
  /** What is on the card, oldest first. */
  readonly pictures: readonly CameraPicture[];
  /**
   * A person presses the shutter: the picture is there after `shutterMs`, and the host hears of it. It never waits for
   * the one before. False, and no picture, where a host has locked the body.
   */
  pressShutter(): boolean;
  /** Plans a fault; `invalid-request` for a call that cannot be. */
  plan(fault: PlannedCameraFault): void;
  /** Connects a host, by whatever transport; events are told to `tell`. `busy` where another is connected. */
  connect(tell: (event: PtpEvent) => void): PtpConnection;
}

const DIALECTS: Readonly<Record<CameraDialect, Dialect>> = { standard: STANDARD, canon: CANON, nikon: NIKON };

/** A camera on a bench: `cameraAsUsb` puts it behind USB, `attachPtpIp` and `plugPtpIp` behind PTP/IP. */
export function virtualCamera(options: VirtualCameraOptions): VirtualCamera {
  const { photograph, thumbnail, preview, taken = 0, capacity = 999, picturesPerFolder = 999 } = options;
  const { shutterMs = 300, batteryPercent = 80, serialNumber = 'CAMERA1', now = () => new Date() } = options;
  const dialect = DIALECTS[options.dialect ?? 'standard'];
  const card = new Card(capacity, picturesPerFolder);
  const clock = new CameraClock(now);
  const properties = new CameraProperties(standardProperties(clock, batteryPercent));
  const faults = new CameraFaults();
  for (const fault of options.faults ?? []) faults.plan(fault);
  const body = new CameraBody({
    card,
    clock,
    properties,
    faults,
    serialNumber,
    shutterMs,
    photograph,
    thumbnail,
    preview,
  });
  for (let shot = 1; shot <= taken; shot += 1) body.pressShutter();
  const begin = dialect.powerUp(body);
  return {
    maker: dialect.maker,
    model: dialect.model,
    serialNumber,
    get pictures() {
      return card.objects
        .filter(({ format }) => format === FORMAT.jpeg)
        .map(({ name, bytes }) => ({ name, bytes }));
    },
    pressShutter: () => body.pressShutter(),
    plan: (fault) => {
      faults.plan(fault);
    },
    connect: (tell) => new PtpResponder({ body, dialect, begin }, tell),
  };
}
