import { DeviceError } from '@buergerkoffer/core';
import type { CameraCapabilities, CaptureRequest, Shutter } from './camera.js';

/** A capture with every choice made. */
export interface CapturePlan {
  readonly shutter: Shutter;
  /** 1 to 100. */
  readonly shots: number;
  /** 1 to 3,600,000 ms. */
  readonly patienceMs: number;
}

/** How long a capture waits for the next event unless told otherwise, in milliseconds. */
const PATIENCE_MS = 60_000;
const MAX_PATIENCE_MS = 3_600_000;
const MAX_SHOTS = 100;

/**
 * The request with its defaults, checked against what the camera can do, for drivers: DeviceError `invalid-request`
 * for a number outside its range, `unsupported` for a shutter that the camera does not have.
 */
export function planCapture(capabilities: CameraCapabilities, request: CaptureRequest = {}): CapturePlan {
  const shutter = request.shutter ?? (capabilities.remoteShutter ? 'remote' : 'body');
  if (shutter === 'remote' && !capabilities.remoteShutter) {
    throw new DeviceError('unsupported', 'this camera has no remote shutter', {
      remedy: 'ask for the shutter on the body and press it there',
    });
  }
  if (shutter === 'body' && !capabilities.bodyShutter) {
    throw new DeviceError('unsupported', 'this camera has no shutter to press', {
      remedy: 'ask for the remote shutter',
    });
  }
  return {
    shutter,
    shots: within('shots', request.shots ?? 1, MAX_SHOTS),
    patienceMs: within('patienceMs', request.patienceMs ?? PATIENCE_MS, MAX_PATIENCE_MS),
  };
}

function within(name: string, value: number, maximum: number): number {
  if (Number.isInteger(value) && value >= 1 && value <= maximum) return value;
  throw new DeviceError('invalid-request', `${name} must be a whole number from 1 to ${maximum}`, {
    path: name,
  });
}
