import { DeviceError } from '@buergerkoffer/core';

/**
 * What a camera does wrong with one operation.
 * - `refuse`: answers with this response code and does nothing.
 * - `stall`: halts the pipe (USB); hangs up (PTP/IP).
 * - `silent`: does it, and answers nothing.
 * - `slow`: pauses in the middle of its answer; a host that cancels meanwhile gets no more of it.
 * - `truncate`: sends only this many bytes of the data, though its head says all, then the response.
 * - `wrong-length`: the head of the data tells this many bytes more, or less, than come.
 * - `wrong-transaction`: answers under the number of another operation.
 * - `vanish`: loses its plug when half of the answer is sent.
 */
export type CameraFault = { readonly type: 'refuse'; readonly code: number } | WireFault;

/** A fault that shows in how an answer is sent. */
export type WireFault =
  | { readonly type: 'stall' }
  | { readonly type: 'silent' }
  | { readonly type: 'slow'; readonly ms: number }
  | { readonly type: 'truncate'; readonly bytes: number }
  | { readonly type: 'wrong-length'; readonly by: number }
  | { readonly type: 'wrong-transaction' }
  | { readonly type: 'vanish' };

/** A fault, the operation that it hits, and when. */
export interface PlannedCameraFault {
  /** Code of the operation, `0x100e` for InitiateCapture. */
  readonly operation: number;
  /** Counted from now on, calls that the camera refuses left out. Default 1: the next. */
  readonly onCall?: number;
  /** How often in a row. Default 1. */
  readonly times?: number;
  readonly fault: CameraFault;
}

interface Waiting {
  readonly fault: CameraFault;
  readonly operation: number;
  callsBefore: number;
  times: number;
}

/** The faults that a camera will show. */
export class CameraFaults {
  readonly #waiting: Waiting[] = [];

  /** Adds one; `invalid-request` for a number of calls that cannot be. */
  plan({ operation, onCall = 1, times = 1, fault }: PlannedCameraFault): void {
    for (const [path, count] of Object.entries({ onCall, times })) {
      if (!Number.isSafeInteger(count) || count < 1) {
        throw new DeviceError('invalid-request', `${path} is ${count}, the least is 1`, { path });
      }
    }
    this.#waiting.push({ fault, operation, callsBefore: onCall - 1, times });
  }

  /** The fault of this call, or undefined; counts it. */
  take(operation: number): CameraFault | undefined {
    let taken: CameraFault | undefined;
    for (const one of this.#waiting.filter((each) => each.operation === operation)) {
      if (one.callsBefore > 0) one.callsBefore -= 1;
      else if (taken === undefined) {
        taken = one.fault;
        one.times -= 1;
        if (one.times === 0) this.#waiting.splice(this.#waiting.indexOf(one), 1);
      }
    }
    return taken;
  }
}
