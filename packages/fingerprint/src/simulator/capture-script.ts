import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { concat, concatMap, from, NEVER, throwError, timer, type Observable } from 'rxjs';
import type { FingerprintCaptured, FingerprintEvent, FingerprintWaiting } from '../fingerprint-scanner.js';
import { liveQuality, type LiveQuality } from '../live-quality/live-quality.js';
import type { LiveStatus, RetryReason } from '../live-status.js';
import type { Touch } from './finger-source.js';

/** One capture as the simulator plays it. */
export interface Scene {
  readonly waiting: FingerprintWaiting;
  readonly previews: boolean;
  readonly paceMs: number;
  readonly fault: Fault | undefined;
  /** Undefined when nobody lays the finger down. */
  readonly touch: Touch | undefined;
  readonly captured: (touch: Touch) => FingerprintCaptured;
  /** Pulls the plug. */
  readonly vanish: () => void;
}

type Step = () => readonly FingerprintEvent[];

/** The events of `scene`, without a deadline: with the fault `time-out`, and without a finger, it never ends. */
export function playCapture(scene: Scene): Observable<FingerprintEvent> {
  const { fault, touch } = scene;
  const play = (steps: readonly Step[]): Observable<FingerprintEvent> => paced(steps, scene.paceMs);
  if (touch === undefined) return concat(play(search(scene)), NEVER);
  switch (fault?.type) {
    case undefined:
      return play([...search(scene), ...settle(scene, touch)]);
    case 'retry': {
      const failures = Array.from({ length: fault.times }, (_, attempt) =>
        failure(scene, touch, attempt),
      ).flat();
      return play([...failures, ...search(scene), ...settle(scene, touch)]);
    }
    case 'time-out':
      return concat(play(search(scene)), NEVER);
    case 'stall':
      return concat(
        play([...search(scene), ...appear(scene, touch)]),
        throwError(
          () => new DeviceError('protocol', 'the simulated scanner answered with an incomplete frame'),
        ),
      );
    case 'vanish':
      return concat(
        play([...search(scene), ...appear(scene, touch)]),
        timer(scene.paceMs).pipe(concatMap(() => vanished(scene))),
      );
    case 'jam':
    case 'paper-out':
      // The simulator does not know them: its fault script refuses to plan them.
      return throwError(() => new DeviceError('unsupported', `a scanner has no ${fault.type}`));
    default:
      return fault satisfies never;
  }
}

/** Why the first attempts fail, in turn: with one finger, and with several. */
const RETRY_REASONS: readonly RetryReason[] = ['too-little-skin', 'finger-lifted-early', 'finger-moved'];
const SLAP_RETRY_REASONS: readonly RetryReason[] = ['too-few-fingers', 'finger-lifted-early', 'finger-moved'];

function failure(scene: Scene, touch: Touch, attempt: number): readonly Step[] {
  const reasons = scene.waiting.slap === undefined ? RETRY_REASONS : SLAP_RETRY_REASONS;
  const reason = reasons[attempt % reasons.length] ?? 'finger-moved';
  return [...search(scene), ...appear(scene, touch), () => [{ type: 'retry', reason }]];
}

function vanished(scene: Scene): Observable<never> {
  scene.vanish();
  return NEVER;
}

function paced(steps: readonly Step[], paceMs: number): Observable<FingerprintEvent> {
  return from(steps).pipe(concatMap((step) => timer(paceMs).pipe(concatMap(step))));
}

function search(scene: Scene): readonly Step[] {
  return [() => [scene.waiting], guidance('SearchingFingers')];
}

/** The finger is there, hardly pressed yet. */
function appear(scene: Scene, touch: Touch): readonly Step[] {
  return [guidance('FingersRecognized'), ...preview(scene, touch, [0.3])];
}

function settle(scene: Scene, touch: Touch): readonly Step[] {
  return [
    guidance('FingersRecognized'),
    ...preview(scene, touch, PRESSING),
    guidance('KeepFingersStill'),
    guidance('Capturing'),
    () => [scene.captured(touch)],
  ];
}

/** Shares of the final pressure while the finger is laid down, frame by frame. */
const PRESSING = [0.1, 0.4, 0.7, 0.9, 1, 1] as const;

function guidance(status: LiveStatus): Step {
  return () => [{ type: 'guidance', status }];
}

/** Frames of a preview, what each is worth, and what it tells the person to do where that changes. */
function preview(scene: Scene, touch: Touch, shares: readonly number[]): readonly Step[] {
  if (!scene.previews) return [];
  let quality: LiveQuality | undefined;
  return shares.map((share) => () => {
    const image = touch.preview(share);
    const told = quality?.guidance;
    quality = liveQuality(image, quality);
    const status = quality.guidance;
    return [
      { type: 'preview', image, quality },
      ...(status === told ? [] : [{ type: 'guidance', status } as const]),
    ];
  });
}
