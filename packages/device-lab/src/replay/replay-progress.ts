import { DeviceError } from '@buergerkoffer/core';

/** How far a replay has come. */
export interface ReplayProgress {
  readonly played: number;
  readonly of: number;
  /** What the driver did that was not recorded, the first time; then nothing is answered any more. */
  readonly mismatch?: string;
}

/** The failure of a call that was not recorded there: `mismatch` says where, and holds none of the bytes. */
export function replayMismatch(mismatch: string): DeviceError {
  return new DeviceError('protocol', `the replay differs from the recording: ${mismatch}`, {
    remedy: 'use the driver, its version and its settings with which the recording was made',
  });
}
