import { lastValueFrom, tap, type Observable } from 'rxjs';
import type { GreyImage } from '@buergerkoffer/formats';
import type { FingerPosition } from '../../../src/finger-position.js';
import type { FingerprintRequest } from '../../../src/fingerprint-scanner.js';
import {
  acceptingOperator,
  enrolFingers,
  type EnrolmentEvent,
  type EnrolmentOptions,
  type QualityAssessor,
} from '../../../src/enrolment/index.js';
import {
  simulatedFingerprintScanner,
  type SimulatedFingerprintScannerOptions,
} from '../../../src/simulator/index.js';
import { inVirtualTime } from '../../support/virtual-time.js';

/** Calls every print good; quick. */
export const GENEROUS: QualityAssessor = {
  decidedBy: {
    algorithm: 'test',
    version: '1',
    modelHash: 'none',
    minutiaeSource: 'none',
    conformant: false,
  },
  assess: () => ({ value: 70, faults: [] }),
};

/** What an enrolment told, and how it ended. */
export interface Enrolled {
  readonly events: readonly EnrolmentEvent[];
  readonly timersLeft: number;
  readonly error?: unknown;
}

/** All events of an enrolment with a simulated scanner, in virtual time; the applicant is 80 unless told otherwise. */
export async function enrolled(
  scanner: SimulatedFingerprintScannerOptions,
  options: Partial<EnrolmentOptions> = {},
): Promise<Enrolled> {
  const events: EnrolmentEvent[] = [];
  let error: unknown;
  const { timersLeft } = await inVirtualTime(async () => {
    const device = await simulatedFingerprintScanner({ paceMs: 5, ...scanner }).open();
    const common = { ageYears: 80, operator: acceptingOperator(), previews: false };
    await collected(enrolFingers(device, { ...common, ...options }), events).catch((caught: unknown) => {
      error = caught;
    });
    await device.close();
  });
  return { events, timersLeft, error };
}

/** Puts every event of `stream` into `events`. */
export async function collected(stream: Observable<EnrolmentEvent>, events: EnrolmentEvent[]): Promise<void> {
  await lastValueFrom(stream.pipe(tap((event) => events.push(event))));
}

/** The result, which is the last of `events`. */
export function resultOf(events: readonly EnrolmentEvent[]) {
  const last = events.at(-1);
  if (last?.type !== 'Result') throw new Error(`the last event is ${last?.type ?? 'missing'}`);
  return last;
}

/** The image that a simulated scanner captures. */
export async function capturedImage(
  request: FingerprintRequest,
  scanner: SimulatedFingerprintScannerOptions = {},
): Promise<GreyImage> {
  const device = await simulatedFingerprintScanner({ seed: 5, paceMs: 0, ...scanner }).open();
  const last = await lastValueFrom(device.capture(request));
  await device.close();
  if (last.type !== 'captured') throw new Error('nothing was captured');
  return last.image;
}

/** Images of fingers, to be laid down again and again: growing a finger takes its time. */
export async function imagesOf<F extends FingerPosition>(
  ...fingers: readonly F[]
): Promise<Readonly<Record<F, GreyImage>>> {
  const drawn = fingers.map(async (finger) => [finger, await capturedImage({ finger })] as const);
  return Object.fromEntries(await Promise.all(drawn)) as Record<F, GreyImage>;
}
