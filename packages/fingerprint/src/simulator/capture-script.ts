import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { concat, concatMap, from, map, NEVER, throwError, timer, type Observable } from 'rxjs';
import type { FingerPosition } from '../finger-position.js';
import type { FingerprintEvent } from '../fingerprint-scanner.js';
import type { LiveStatus, RetryReason } from '../live-status.js';
import type { Touch } from './finger-source.js';

/** One capture as the simulator plays it. */
export interface Scene {
  readonly finger: FingerPosition;
  readonly previews: boolean;
  readonly paceMs: number;
  readonly fault: Fault | undefined;
  readonly touch: Touch;
  /** Pulls the plug. */
  readonly vanish: () => void;
}

type Step = () => FingerprintEvent;

/** The events of `scene`, without a deadline: with the fault `time-out` it never ends. */
export function playCapture(scene: Scene): Observable<FingerprintEvent> {
  const { fault } = scene;
  const play = (steps: readonly Step[]): Observable<FingerprintEvent> => paced(steps, scene.paceMs);
  switch (fault?.type) {
    case undefined:
      return play([...search(scene), ...settle(scene)]);
    case 'retry': {
      const failures = Array.from({ length: fault.times }, (_, attempt) => failure(scene, attempt)).flat();
      return play([...failures, ...search(scene), ...settle(scene)]);
    }
    case 'time-out':
      return concat(play(search(scene).slice(0, 2)), NEVER);
    case 'stall':
      return concat(
        play(search(scene)),
        throwError(
          () => new DeviceError('protocol', 'the simulated scanner answered with an incomplete frame'),
        ),
      );
    case 'vanish':
      return concat(play(search(scene)), timer(scene.paceMs).pipe(concatMap(() => vanished(scene))));
    case 'jam':
    case 'paper-out':
      // The simulator does not know them: its fault script refuses to plan them.
      return throwError(() => new DeviceError('unsupported', `a scanner has no ${fault.type}`));
    default:
      return fault satisfies never;
  }
}

/** Why the first attempts fail, in turn. */
const RETRY_REASONS: readonly RetryReason[] = ['too-little-skin', 'finger-lifted-early', 'finger-moved'];

function failure(scene: Scene, attempt: number): readonly Step[] {
  const reason = RETRY_REASONS[attempt % RETRY_REASONS.length] ?? 'finger-moved';
  return [...search(scene), () => ({ type: 'retry', reason })];
}

function vanished(scene: Scene): Observable<never> {
  scene.vanish();
  return NEVER;
}

function paced(steps: readonly Step[], paceMs: number): Observable<FingerprintEvent> {
  return from(steps).pipe(concatMap((step) => timer(paceMs).pipe(map(step))));
}

function search(scene: Scene): readonly Step[] {
  return [
    () => ({ type: 'waiting', finger: scene.finger }),
    guidance('SearchingFingers'),
    guidance('FingersRecognized'),
    ...preview(scene, 0.3),
  ];
}

function settle(scene: Scene): readonly Step[] {
  return [
    guidance('RaiseFingerPressure'),
    ...preview(scene, 0.7),
    guidance('KeepFingersStill'),
    ...preview(scene, 1),
    guidance('Capturing'),
    () => ({
      type: 'captured',
      finger: scene.finger,
      image: scene.touch.image(),
      quality: 'not-assessed',
    }),
  ];
}

function guidance(status: LiveStatus): Step {
  return () => ({ type: 'guidance', status });
}

function preview(scene: Scene, share: number): readonly Step[] {
  if (!scene.previews) return [];
  return [() => ({ type: 'preview', image: scene.touch.preview(share) })];
}
