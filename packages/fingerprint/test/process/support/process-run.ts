import { FINGER_CODE } from '../../../src/finger-position.js';
import { recordName, type AttemptError } from '../../../src/process/capture-task.js';
import type { CapturedPrint } from '../../../src/process/captured-print.js';
import { fingersOf, type CaptureTarget, type EnrolledFinger } from '../../../src/process/capture-target.js';
import type { EnrolmentCommand } from '../../../src/process/enrolment-command.js';
import type { ProcessEvent } from '../../../src/process/enrolment-event.js';
import { TR_03121_GID_6_0 } from '../../../src/process/enrolment-policy.js';
import {
  enrolmentBegin,
  openTask,
  type CaptureDevice,
  type EnrolmentBegin,
  type EnrolmentState,
} from '../../../src/process/enrolment-state.js';
import { fingerLogOf } from '../../../src/process/finger-log-of.js';
import { nextStep } from '../../../src/process/next-step.js';
import type { PadResult } from '../../../src/process/pad-result.js';
import { reduceEnrolment, type EnrolmentInput } from '../../../src/process/reduce-enrolment.js';
import type { EnrolmentEffect } from '../../../src/process/transition.js';

/** What a scripted print is like; a number is its quality. */
export type ScriptedPrint =
  | number
  | {
      readonly value: number;
      readonly pad?: PadResult;
      readonly duplicateOf?: EnrolledFinger;
      readonly matched?: boolean;
    };

export const MISSING = 'amputated';

/** The process of an enrolment, played with scripted results; time goes on by one second per input. */
export class ProcessRun {
  state: EnrolmentState;
  readonly effects: EnrolmentEffect[] = [];
  #now = Date.UTC(2026, 10, 29, 9);

  constructor(kind: CaptureDevice['kind'], begin: Partial<EnrolmentBegin> = {}) {
    this.state = enrolmentBegin({ policy: TR_03121_GID_6_0, captureAllowed: true, ...begin });
    this.attach(kind);
  }

  get events(): readonly ProcessEvent[] {
    return this.effects.flatMap((effect) => (effect.type === 'tell' ? [effect.event] : []));
  }

  /** What the scanner captures now; undefined when it captures nothing. */
  get target(): CaptureTarget | undefined {
    return this.state.phase.type === 'capturing' ? openTask(this.state)?.target : undefined;
  }

  /** The target in one word. */
  get expected(): string | undefined {
    return this.target?.slap ?? this.target?.finger;
  }

  /** The fingers that are selected in the end. */
  get selected(): readonly string[] {
    const step = nextStep(this.state);
    return this.state.phase.type === 'finished' && step.type === 'done'
      ? step.selected.map(({ finger }) => finger)
      : [];
  }

  get log() {
    return fingerLogOf(this.state, { transactionId: 'T-1', location: '123456' });
  }

  input(input: EnrolmentInput): this {
    this.#now += 1000;
    const { state, effects } = reduceEnrolment(this.state, input, this.#now);
    this.state = state;
    this.effects.push(...effects);
    return this;
  }

  attach(kind: CaptureDevice['kind'], more: Partial<CaptureDevice> = {}): this {
    const device = {
      ...{ kind, maker: 'Test', model: kind, resolutionPpi: 500, patienceMs: 60_000 },
      ...{ manualCapture: false, liveImage: true, ...more },
    };
    return this.input({ type: 'device', device });
  }

  command(command: EnrolmentCommand): this {
    return this.input({ type: 'command', command });
  }

  missing(...fingers: EnrolledFinger[]): this {
    return this.command({
      command: 'SelectMissingFingers',
      missing: fingers.map((finger) => ({ finger, reason: MISSING })),
    });
  }

  /** Prints for the target, right finger first. */
  captured(...scripted: readonly ScriptedPrint[]): this {
    const task = openTask(this.state);
    const { phase } = this.state;
    if (task === undefined || phase.type !== 'capturing') return this.input({ type: 'captured', prints: [] });
    const prints = fingersOf(task.target).map((finger, index) =>
      scriptedPrint(
        finger,
        scripted[index] ?? scripted[0] ?? 0,
        recordName(task.number, phase.count, FINGER_CODE[finger]),
      ),
    );
    return this.input({ type: 'captured', prints });
  }

  failed(errorCode: AttemptError): this {
    return this.input({ type: 'attempt-failed', errorCode });
  }

  go(): this {
    return this.command({ command: 'Continue' });
  }
}

function scriptedPrint(finger: EnrolledFinger, scripted: ScriptedPrint, record: string): CapturedPrint {
  const { value, pad, duplicateOf, matched } = typeof scripted === 'number' ? { value: scripted } : scripted;
  const image = { width: 1, height: 1, data: new Uint8Array(1), resolutionPpi: 500 };
  return {
    record,
    finger,
    material: { image, minutiae: [] },
    quality: {
      value,
      decidedBy: {
        algorithm: 'script',
        version: '1',
        modelHash: 'none',
        minutiaeSource: 'none',
        conformant: false,
      },
      durationMs: 10,
      faults: [],
    },
    uniqueness: {
      ...TR_03121_GID_6_0.comparison,
      compared: duplicateOf === undefined ? 0 : 1,
      duplicates: duplicateOf === undefined ? [] : [{ finger: duplicateOf, record: 'FP-1-1-2', score: 40 }],
    },
    pad: pad ?? 'not-performed',
    ...(matched === undefined ? {} : { verification: { score: matched ? 30 : 3, threshold: 18, matched } }),
  };
}
