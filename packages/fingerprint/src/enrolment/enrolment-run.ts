import { DeviceError, SYSTEM_CLOCK, type Clock } from '@buergerkoffer/core';
import { encodeBase64 } from '@buergerkoffer/formats';
import { isObservable, timer, type Subscriber, Subscription } from 'rxjs';
import type { FingerPosition } from '../finger-position.js';
import { DEFAULT_CAPTURE_PATIENCE_MS, type FingerprintScanner } from '../fingerprint-scanner.js';
import type { Minutia } from '../minutiae/minutia.js';
import type { CaptureTask } from '../process/capture-task.js';
import type { EnrolmentCommand } from '../process/enrolment-command.js';
import type { CaptureDevice, EnrolmentState } from '../process/enrolment-state.js';
import { fingerLogOf, type LogContext } from '../process/finger-log-of.js';
import { nextStep } from '../process/next-step.js';
import { reduceEnrolment, type EnrolmentInput } from '../process/reduce-enrolment.js';
import type { EnrolmentEffect } from '../process/transition.js';
import { acceptedForComparison } from '../process/uniqueness-check.js';
import { assessCapture, type Assessment } from './assess-capture.js';
import { captureAttempt } from './capture-attempt.js';
import { enrolledPrint } from './enrolled-print.js';
import type { EnrolmentEvent } from './enrolment-event.js';
import type { AcquisitionOptions } from './enrolment-options.js';
import { nfiq2Assessor, type QualityAssessor } from './quality-assessor.js';
import { verifiedFingers } from './verified-finger.js';

/** How long a decision of the operator is waited for unless told otherwise, in milliseconds. */
const OPERATOR_PATIENCE_MS = 15 * 60_000;

/** What a run is made of. */
export interface RunParts {
  readonly scanner: FingerprintScanner;
  readonly options: AcquisitionOptions;
  readonly state: EnrolmentState;
  readonly references: ReadonlyMap<FingerPosition, readonly Minutia[]>;
  readonly subscriber: Subscriber<EnrolmentEvent>;
}

/**
 * One enrolment with one device: it does what the process says (see `reduceEnrolment`) and tells the process what
 * happened, one thing at a time. It decides nothing itself.
 */
export class EnrolmentRun {
  readonly #scanner: FingerprintScanner;
  readonly #options: AcquisitionOptions;
  readonly #references: ReadonlyMap<FingerPosition, readonly Minutia[]>;
  readonly #subscriber: Subscriber<EnrolmentEvent>;
  readonly #clock: Clock;
  readonly #assessor: QualityAssessor;
  readonly #log: LogContext;
  readonly #device: CaptureDevice;
  readonly #inputs: EnrolmentInput[] = [];
  readonly #running = new Subscription();
  #isWorking = false;
  #state: EnrolmentState;
  #capture = new Subscription();
  #captureNow = new AbortController();
  #waiting = new Subscription();

  constructor({ scanner, options, state, references, subscriber }: RunParts) {
    this.#scanner = scanner;
    this.#options = options;
    this.#state = state;
    this.#references = references;
    this.#subscriber = subscriber;
    this.#clock = options.clock ?? SYSTEM_CLOCK;
    this.#assessor = options.assessor ?? nfiq2Assessor();
    this.#log = { transactionId: crypto.randomUUID(), ...options.log };
    this.#device = deviceOf(scanner, options);
  }

  /** Begins; the returned function ends everything at once. */
  start(): () => void {
    const { operator } = this.#options;
    if (isObservable(operator)) {
      this.#running.add(
        operator.subscribe({
          next: (command) => {
            this.#take({ type: 'command', command });
          },
          error: (error: unknown) => {
            this.#fail(error);
          },
        }),
      );
    }
    this.#take({ type: 'device', device: this.#device });
    return () => {
      this.#release();
    };
  }

  /** Inputs come while others are worked on: an operator answers while it is told something. */
  #take(input: EnrolmentInput): void {
    this.#inputs.push(input);
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      for (let next = this.#inputs.shift(); next !== undefined; next = this.#inputs.shift()) {
        if (this.#running.closed) return;
        this.#work(next);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#isWorking = false;
    }
  }

  #work(input: EnrolmentInput): void {
    const { state, effects } = reduceEnrolment(this.#state, input, this.#clock.now());
    this.#state = state;
    for (const effect of effects) this.#perform(effect);
    this.#waitForOperator();
    if (state.phase.type === 'finished') this.#finish(state.phase.result);
  }

  #perform(effect: EnrolmentEffect): void {
    if (this.#running.closed) return;
    switch (effect.type) {
      case 'tell':
        this.#tell(effect.event);
        return;
      case 'capture':
        this.#startCapture(effect.task, effect.count);
        return;
      case 'stop-capture':
        this.#capture.unsubscribe();
        return;
      case 'force-capture':
        this.#captureNow.abort();
        return;
      default:
        effect satisfies never;
    }
  }

  #tell(event: EnrolmentEvent): void {
    if (this.#running.closed) return;
    this.#subscriber.next(event);
    const { operator } = this.#options;
    if (isObservable(operator)) return;
    const answer = operator(event);
    if (answer instanceof Promise) {
      answer.then(
        (command) => {
          this.#obey(command);
        },
        (error: unknown) => {
          this.#fail(error);
        },
      );
    } else this.#obey(answer);
  }

  #obey(command: EnrolmentCommand | undefined): void {
    if (command !== undefined) this.#take({ type: 'command', command });
  }

  #startCapture(task: CaptureTask, count: number): void {
    const { previews = true } = this.#options;
    const { patienceMs } = this.#device;
    this.#captureNow = new AbortController();
    const request = { ...task.target, previews, patienceMs, captureNow: this.#captureNow.signal };
    const assessment: Assessment = {
      ...{ assessor: this.#assessor, clock: this.#clock, references: this.#references, task, count },
      policy: this.#state.policy,
      accepted: acceptedForComparison(this.#state),
      hasLargeGlass: this.#scanner.capabilities.simultaneousFingers > 1,
    };
    this.#capture.unsubscribe();
    this.#capture = captureAttempt(this.#scanner, request, (captured, signal) =>
      assessCapture(captured, assessment, signal),
    ).subscribe({
      next: (event) => {
        if (event.type === 'tell') this.#tell(event.event);
        else this.#take(event.input);
      },
      error: (error: unknown) => {
        if (error instanceof DeviceError) this.#interrupt(error);
        else this.#fail(error);
      },
    });
    this.#running.add(this.#capture);
  }

  /** The decision of a person has a deadline, too: a suitcase is not left open for ever. */
  #waitForOperator(): void {
    this.#waiting.unsubscribe();
    const { type } = this.#state.phase;
    if (type !== 'assessing' && type !== 'selecting-missing-fingers') return;
    const ms = this.#options.operatorPatienceMs ?? OPERATOR_PATIENCE_MS;
    this.#waiting = timer(ms).subscribe({
      next: () => {
        this.#interrupt(new DeviceError('timeout', `the operator decided nothing within ${ms} ms`));
      },
      error: (error: unknown) => {
        this.#fail(error);
      },
    });
    this.#running.add(this.#waiting);
  }

  #interrupt(error: DeviceError): void {
    if (this.#running.closed) return;
    const failed = { type: 'device-failed', errorCode: error.code } as const;
    this.#state = reduceEnrolment(this.#state, failed, this.#clock.now()).state;
    const log = fingerLogOf(this.#state, this.#log);
    this.#subscriber.next({ type: 'Interrupted', error, state: this.#state, log });
    this.#fail(error);
  }

  #finish(result: 'Success' | 'Canceled'): void {
    const state = this.#state;
    const step = nextStep(state);
    const selected = result === 'Success' && step.type === 'done' ? step.selected : [];
    const isEnrolment = state.purpose === 'enrolment';
    const prints = isEnrolment ? selected.map((standing) => enrolledPrint(state, standing)) : [];
    const data = new Map(prints.map(({ record, template }) => [record, encodeBase64(template)]));
    const log = fingerLogOf(state, this.#log, data);
    const verified = verifiedFingers(state);
    this.#release();
    this.#subscriber.next({ type: 'Result', result, prints, verified, missing: state.missing, log });
    this.#subscriber.complete();
  }

  #fail(error: unknown): void {
    if (this.#running.closed) return;
    this.#release();
    this.#subscriber.error(error);
  }

  #release(): void {
    this.#running.unsubscribe();
  }
}

function deviceOf({ capabilities, info }: FingerprintScanner, options: AcquisitionOptions): CaptureDevice {
  return {
    kind: capabilities.simultaneousFingers > 1 ? 'two-finger' : 'single-finger',
    maker: info.maker,
    model: info.model,
    ...(info.firmware === undefined ? {} : { firmware: info.firmware }),
    resolutionPpi: capabilities.resolutionPpi,
    manualCapture: capabilities.manualCapture ?? false,
    liveImage: capabilities.preview && (options.previews ?? true),
    patienceMs: options.patienceMs ?? DEFAULT_CAPTURE_PATIENCE_MS,
  };
}
