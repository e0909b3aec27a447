import type { Fault } from '@buergerkoffer/core/simulation';
import type { DeviceUnderTest } from '@buergerkoffer/core/testing';
import {
  cameraAsUsb,
  virtualCamera,
  type CameraDialect,
  type VirtualCamera,
  type VirtualCameraOptions,
} from '@buergerkoffer/device-lab';
import type { Camera } from '@buergerkoffer/camera';
import { smallJpeg } from '../small-jpeg.js';
import { benchOf } from './camera-bench.js';

export const DIALECTS: readonly CameraDialect[] = ['standard', 'canon', 'nikon'];

/** Encoding one costs more than a whole session. */
const PHOTOS = Array.from({ length: 8 }, (_, size) => smallJpeg(40 + 8 * size, 30));

/** The photo of a shot: each has a size of its own. */
export function photograph(shot: number): Uint8Array {
  return PHOTOS[shot % PHOTOS.length]?.slice() ?? new Uint8Array(0);
}

const FRAME = smallJpeg(32, 24);

/** A virtual camera of one dialect, with live view where the dialect has one. */
export function cameraOf(dialect: CameraDialect, options: Partial<VirtualCameraOptions> = {}): VirtualCamera {
  return virtualCamera({ dialect, photograph, preview: () => FRAME, shutterMs: 20, ...options });
}

/** The operation that releases the shutter, and how it refuses for want of focus. */
export const RELEASE: Readonly<
  Record<CameraDialect, { readonly operation: number; readonly unfocused: number }>
> = {
  standard: { operation: 0x100e, unfocused: 0x2002 },
  canon: { operation: 0x9128, unfocused: 0x2002 },
  nikon: { operation: 0x9207, unfocused: 0xa002 },
};

/** The operation that fetches a photo. */
export const FETCH: Readonly<Record<CameraDialect, number>> = {
  standard: 0x1009,
  canon: 0x101b,
  nikon: 0x1009,
};

/** A camera on a USB bus of this process as the subject of the contract; somebody presses its shutter now and then. */
export function contractSubject(dialect: CameraDialect, camera = cameraOf(dialect)) {
  const bench = benchOf(cameraAsUsb(camera));
  const subject: DeviceUnderTest<Camera> = {
    open: (signal) => bench.open(signal),
    unplug: () => {
      bench.unplug();
    },
    plug: () => {
      bench.plug();
    },
    fault: (_, fault) => {
      planFault(camera, dialect, fault);
    },
  };
  return { subject, camera, bench };
}

/** Plans a fault of the contract for the operation that shows it. */
export function planFault(camera: VirtualCamera, dialect: CameraDialect, fault: Fault): void {
  const { operation, unfocused } = RELEASE[dialect];
  switch (fault.type) {
    case 'retry':
      camera.plan({ operation, times: fault.times, fault: { type: 'refuse', code: unfocused } });
      break;
    case 'time-out':
      camera.plan({ operation, fault: { type: 'silent' } });
      break;
    case 'stall':
      camera.plan({ operation, fault: { type: 'wrong-transaction' } });
      break;
    case 'vanish':
      camera.plan({ operation: FETCH[dialect], fault: { type: 'vanish' } });
      break;
    default:
      throw new Error(`a camera cannot show ${fault.type}`);
  }
}
