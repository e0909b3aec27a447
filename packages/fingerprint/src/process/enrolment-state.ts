import type { CaptureTask } from './capture-task.js';
import type { Purpose } from './captured-print.js';
import type { EnrolledFinger } from './capture-target.js';
import type { MissingFinger } from './enrolment-command.js';
import type { EnrolmentPolicy } from './enrolment-policy.js';

/**
 * All that an enrolment knows: plain data. It holds images until it has ended: keep it in memory, or encrypted.
 */
export interface EnrolmentState {
  readonly policy: EnrolmentPolicy;
  readonly purpose: Purpose;
  /** Fingers of a control verification, in the order in which they are captured; of an enrolment empty. */
  readonly verified: readonly EnrolledFinger[];
  /** False for whom no prints may be taken: then nothing is captured. */
  readonly captureAllowed: boolean;
  /** Whether the operator is asked for missing fingers, or they were known from the start. */
  readonly asksForMissing: boolean;
  readonly missing: readonly MissingFinger[];
  /** The devices that it used, one after the other. */
  readonly sessions: readonly DeviceSession[];
  /** Every task that was begun, in order; at most the last one is open. */
  readonly tasks: readonly CaptureTask[];
  readonly phase: EnrolmentPhase;
}

/** What the enrolment waits for. */
export type EnrolmentPhase =
  /** For a device: at the start, and after one was lost. */
  | { readonly type: 'without-device' }
  | { readonly type: 'selecting-missing-fingers' }
  /** For the scanner. `since`: begin of this attempt, in milliseconds since 1970. */
  | { readonly type: 'capturing'; readonly count: number; readonly since: number }
  /** For the operator, who looks at the best capture. */
  | { readonly type: 'assessing' }
  | { readonly type: 'finished'; readonly result: 'Success' | 'Canceled' };

/** A device in use. Times are in milliseconds since 1970. */
export interface DeviceSession {
  readonly device: CaptureDevice;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** Why it ended before the enrolment did. */
  readonly errorCode?: string;
}

/** What the process must know of a scanner. */
export interface CaptureDevice {
  /** Which process it takes part in: ACQ-FP2P-SV-1 or ACQ-FP2P-SV-2. */
  readonly kind: 'two-finger' | 'single-finger';
  readonly maker: string;
  readonly model: string;
  readonly firmware?: string;
  readonly resolutionPpi: number;
  /** Whether it can take a picture when the operator says so. */
  readonly manualCapture: boolean;
  /** Whether pictures are shown while fingers are placed. */
  readonly liveImage: boolean;
  /** How long it waits for a finger, in milliseconds. */
  readonly patienceMs: number;
}

/** What an enrolment begins with. */
export interface EnrolmentBegin {
  readonly policy: EnrolmentPolicy;
  readonly captureAllowed: boolean;
  /** Fingers that are known to be missing; without it the operator is asked. */
  readonly missing?: readonly MissingFinger[];
  /** For a control verification: the fingers whose prints are verified. */
  readonly verified?: readonly EnrolledFinger[];
}

/** The state before anything happened. */
export function enrolmentBegin(begin: EnrolmentBegin): EnrolmentState {
  const { policy, captureAllowed, missing, verified } = begin;
  return {
    policy,
    captureAllowed,
    purpose: verified === undefined ? 'enrolment' : 'verification',
    verified: verified ?? [],
    asksForMissing: missing === undefined,
    missing: missing ?? [],
    sessions: [],
    tasks: [],
    phase: { type: 'without-device' },
  };
}

/** The device in use, undefined without one. */
export function currentDevice(state: EnrolmentState): CaptureDevice | undefined {
  return state.sessions.at(-1)?.device;
}

/** The task that is open. */
export function openTask(state: EnrolmentState): CaptureTask | undefined {
  const last = state.tasks.at(-1);
  return last?.state.type === 'open' ? last : undefined;
}
