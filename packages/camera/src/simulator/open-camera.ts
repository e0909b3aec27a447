import { DeviceError, DeviceLife, OperationGate, type DeviceInfo, type End } from '@buergerkoffer/core';
import type { Fault, FaultScript, Losable, Random } from '@buergerkoffer/core/simulation';
import {
  concat,
  concatMap,
  defer,
  delay,
  EMPTY,
  from,
  map,
  NEVER,
  type Observable,
  of,
  repeat,
  throwError,
  timeout,
} from 'rxjs';
import type {
  Camera,
  CameraCapabilities,
  CameraEvent,
  CaptureRequest,
  LiveStatus,
  PreviewFrame,
  RetryReason,
} from '../camera.js';
import { planCapture, type CapturePlan } from '../capture-plan.js';
import type { Photo } from '../photo/photo.js';

/** How long a preview waits for a frame, in milliseconds; stated at {@link Camera.preview}. */
const FRAME_MS = 10_000;

/** What the open camera plays. */
export interface CameraScene {
  readonly info: DeviceInfo;
  readonly random: Random;
  readonly paceMs: number;
  /** The next photo. */
  shoot(): Photo;
  /** One round of the live view. */
  frames(): readonly Omit<PreviewFrame, 'sequence'>[];
}

/** An operation in parts: what happens before a fault strikes, what a failed attempt looks like, and the rest. */
interface Script<T> {
  readonly begun: Observable<T>;
  readonly normal: Observable<T>;
  readonly retry?: Observable<T>;
}

/** One open simulated camera. */
export class OpenSimulatedCamera implements Camera, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: CameraCapabilities;
  readonly #world: { readonly faults: FaultScript; readonly vanish: () => void };
  readonly #scene: CameraScene;
  readonly #life = new DeviceLife();
  /** The live view runs beside a capture, so it has a gate of its own. */
  readonly #view = new OperationGate();

  constructor(
    world: { readonly faults: FaultScript; readonly vanish: () => void },
    capabilities: CameraCapabilities,
    scene: CameraScene,
  ) {
    this.info = scene.info;
    this.capabilities = capabilities;
    this.#world = world;
    this.#scene = scene;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  close(): Promise<void> {
    void this.#view.end(new DeviceError('closed', 'the device was closed'));
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    void this.#view.end(error);
    this.#life.lose(error);
  }

  preview(): Observable<PreviewFrame> {
    return this.#view.stream('preview', () => {
      if (!this.capabilities.liveView)
        return throwError(() => new DeviceError('unsupported', 'this camera has no live view'));
      return this.#faulty('preview', { begun: EMPTY, normal: this.#frames() }).pipe(
        timeout({
          each: FRAME_MS,
          with: () => throwError(() => new DeviceError('timeout', `no frame within ${FRAME_MS} ms`)),
        }),
      );
    });
  }

  capture(request?: CaptureRequest): Observable<CameraEvent> {
    return defer(() => {
      const plan = planCapture(this.capabilities, request);
      return this.#life.gate.stream('capture', () =>
        this.#faulty('capture', {
          begun: of<CameraEvent>({ type: 'ready' }),
          normal: this.#shots(plan),
          retry: this.#paced(defer(() => of(this.#failedAttempt()))),
        }).pipe(
          timeout({
            each: plan.patienceMs,
            with: () =>
              throwError(
                () => new DeviceError('timeout', `the camera gave no sign for ${plan.patienceMs} ms`),
              ),
          }),
        ),
      );
    });
  }

  #frames(): Observable<PreviewFrame> {
    let sequence = 0;
    const round = defer(() => from(this.#scene.frames()));
    return this.#paced(round).pipe(
      repeat(),
      map((frame) => ({ ...frame, sequence: sequence++ })),
    );
  }

  #shots(plan: CapturePlan): Observable<CameraEvent> {
    const posing = defer(() => from(this.#guidance())).pipe(
      map((status): CameraEvent => ({ type: 'guidance', status })),
    );
    const shot = defer(() =>
      of<CameraEvent>({ type: 'captured', photo: this.#scene.shoot(), shutter: plan.shutter }),
    );
    return this.#paced(concat(posing, shot)).pipe(repeat(plan.shots));
  }

  #failedAttempt(): CameraEvent {
    const reason = this.#scene.random.pick<RetryReason>(['out-of-focus', 'moved', 'too-dark']);
    return { type: 'retry', reason };
  }

  /** A person who sits down, is asked to move a little, and holds still. */
  #guidance(): readonly LiveStatus[] {
    const move = this.#scene.random.pick<LiveStatus>([
      'StepForward',
      'StepBack',
      'StepLeft',
      'StepRight',
      'MoveUp',
    ]);
    return ['SearchingFace', 'FaceRecognized', move, 'StandStill', 'Capturing'];
  }

  #paced<T>(source: Observable<T>): Observable<T> {
    return source.pipe(concatMap((event) => of(event).pipe(delay(this.#scene.paceMs))));
  }

  /** The script of this call, with what the planned fault makes of it. */
  #faulty<T>(operation: string, script: Script<T>): Observable<T> {
    const fault = this.#world.faults.take(operation);
    const { begun, normal, retry } = script;
    switch (fault?.type) {
      case undefined:
        return concat(begun, normal);
      case 'time-out':
        return concat(begun, NEVER);
      case 'stall':
        return concat(
          begun,
          throwError(() => stalled()),
        );
      case 'vanish':
        return concat(begun, this.#vanishing());
      case 'retry':
        return retry === undefined
          ? refused(operation, fault)
          : concat(begun, retry.pipe(repeat(fault.times)), normal);
      case 'jam':
      case 'paper-out':
        return refused(operation, fault);
      default:
        return fault satisfies never;
    }
  }

  #vanishing(): Observable<never> {
    return this.#paced(of('unplug')).pipe(
      concatMap(() => {
        this.#world.vanish();
        return NEVER;
      }),
    );
  }
}

function stalled(): DeviceError {
  return new DeviceError('protocol', 'the camera answered with the number of another transaction');
}

function refused(operation: string, fault: Fault): Observable<never> {
  return throwError(
    () => new DeviceError('unsupported', `a simulated camera has no fault ${fault.type} in ${operation}`),
  );
}
