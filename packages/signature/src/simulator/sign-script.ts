import { DeviceError } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import { concat, concatMap, from, map, NEVER, throwError, timer, type Observable } from 'rxjs';
import type { Signature } from '../model/pen-sample.js';
import type { SignRetryReason } from '../sign-retry.js';
import type { SignEvent } from '../signature-pad.js';

/** What the simulated citizen does with the pen: sign, wipe a first attempt and sign, or decline to sign. */
export type SimulatedCitizen = 'signs' | 'clears-then-signs' | 'declines';

/** One signing as the simulator plays it. */
export interface SignScene {
  readonly citizen: SimulatedCitizen;
  /** Writes once more; the hand stays the same, each signature differs a little. */
  readonly write: () => Signature;
  readonly paceMs: number;
  readonly fault: Fault | undefined;
  /** Pulls the plug. */
  readonly vanish: () => void;
}

/** How many samples one `strokes` event carries. */
const BATCH = 40;

/** The events of `scene`, without a deadline: with the fault `time-out` it never ends. */
export function playSigning(scene: SignScene): Observable<SignEvent> {
  const { fault } = scene;
  const play = (events: readonly SignEvent[]): Observable<SignEvent> =>
    from(events).pipe(concatMap((event) => timer(scene.paceMs).pipe(map(() => event))));
  switch (fault?.type) {
    case undefined:
      return play(whole(scene));
    case 'retry': {
      const failures = Array.from({ length: fault.times }, (_, attempt) => failure(scene, attempt));
      return play([...failures.flat(), ...whole(scene)]);
    }
    case 'time-out':
      return concat(play([READY]), NEVER);
    case 'stall':
      return concat(
        play(begun(scene)),
        throwError(() => new DeviceError('protocol', 'the simulated pad sent a report of the wrong length')),
      );
    case 'vanish':
      return concat(play(begun(scene)), timer(scene.paceMs).pipe(concatMap(() => vanished(scene))));
    case 'jam':
    case 'paper-out':
      // The simulator does not know them: its fault script refuses to plan them.
      return throwError(() => new DeviceError('unsupported', `a pad has no ${fault.type}`));
    default:
      return fault satisfies never;
  }
}

const READY: SignEvent = { type: 'ready' };

/** Why the first attempts fail, in turn. */
const RETRY_REASONS: readonly SignRetryReason[] = ['too-short', 'samples-lost', 'beyond-the-edge'];

function whole(scene: SignScene): readonly SignEvent[] {
  switch (scene.citizen) {
    case 'declines':
      return [READY, { type: 'declined' }];
    case 'clears-then-signs':
      return [...begun(scene), { type: 'cleared' }, ...signed(scene.write())];
    case 'signs':
      return signed(scene.write());
    default:
      return scene.citizen satisfies never;
  }
}

function signed(signature: Signature): readonly SignEvent[] {
  return [READY, ...batches(signature), { type: 'confirmed', signature }];
}

/** Half a signature. */
function begun(scene: SignScene): readonly SignEvent[] {
  const written = batches(scene.write());
  return [READY, ...written.slice(0, Math.ceil(written.length / 2))];
}

function failure(scene: SignScene, attempt: number): readonly SignEvent[] {
  const reason = RETRY_REASONS[attempt % RETRY_REASONS.length] ?? 'too-short';
  return [...begun(scene), { type: 'retry', reason }];
}

function batches({ samples }: Signature): readonly SignEvent[] {
  return Array.from({ length: Math.ceil(samples.length / BATCH) }, (_, i) => ({
    type: 'strokes',
    samples: samples.slice(i * BATCH, (i + 1) * BATCH),
  }));
}

function vanished(scene: SignScene): Observable<never> {
  scene.vanish();
  return NEVER;
}
