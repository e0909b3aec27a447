import { InputError, type GreyImage } from '@buergerkoffer/formats';
import { Observable } from 'rxjs';
import type { FingerPosition } from '../finger-position.js';
import type { FingerprintScanner } from '../fingerprint-scanner.js';
import { extractMinutiae } from '../minutiae/extract-minutiae.js';
import type { Minutia } from '../minutiae/minutia.js';
import { isEnrolledFinger } from '../process/capture-target.js';
import type { MissingFinger } from '../process/enrolment-command.js';
import { TR_03121_GID_6_0 } from '../process/enrolment-policy.js';
import { enrolmentBegin, type EnrolmentBegin, type EnrolmentState } from '../process/enrolment-state.js';
import type { EnrolmentEvent } from './enrolment-event.js';
import { LEAST_AGE, type AcquisitionOptions, type EnrolmentOptions } from './enrolment-options.js';
import { resampledTo500 } from '../segmentation/resample.js';
import { EnrolmentRun } from './enrolment-run.js';

/**
 * Enrols up to two fingerprints for a German identity document (BSI TR-03121-3 Vol. 2 v6.0, profile 3.8): with a
 * scanner that takes two fingers ACQ-FP2P-SV-1, with any other ACQ-FP2P-SV-2. Cold; ends after `Result`, or with a
 * `DeviceError` after `Interrupted`, whose state another device can go on with. Unsubscribing ends the capture that
 * runs, and what was captured is gone.
 *
 * Under six years nothing is captured. Options that cannot be are `InputError` with the option as path.
 */
export function enrolFingers(
  scanner: FingerprintScanner,
  options: EnrolmentOptions,
): Observable<EnrolmentEvent> {
  const { ageYears } = options;
  return running(scanner, options, new Map(), () => {
    if (!Number.isInteger(ageYears) || ageYears < 0) throw outOfRange('ageYears', 'an age is in full years');
    return { captureAllowed: ageYears >= LEAST_AGE };
  });
}

/** A print that was captured without supervision, and is to be verified. */
export interface PrintToVerify {
  readonly finger: FingerPosition;
  /** 8-bit grey, 500 or 1000 ppi (without a resolution 500). */
  readonly image: GreyImage;
}

/**
 * The control verification at the counter (3.9.1.2): every one of `prints` is compared with a print of the same
 * finger that is captured now; no thresholds of quality apply. Unless each is `verified` the fingers are enrolled
 * again. Events and errors as with {@link enrolFingers}.
 */
export function verifyFingers(
  scanner: FingerprintScanner,
  prints: readonly PrintToVerify[],
  options: AcquisitionOptions,
): Observable<EnrolmentEvent> {
  const references = new Map<FingerPosition, readonly Minutia[]>();
  return running(scanner, options, references, () => {
    const verified = prints.map(({ finger }) => finger).filter(isEnrolledFinger);
    if (
      verified.length !== prints.length ||
      new Set(verified).size !== prints.length ||
      prints.length === 0
    ) {
      throw outOfRange('prints', 'prints to verify are of different fingers, none of them a little finger');
    }
    for (const { finger, image } of prints) references.set(finger, extractMinutiae(resampledTo500(image)));
    return { captureAllowed: true, verified };
  });
}

function running(
  scanner: FingerprintScanner,
  options: AcquisitionOptions,
  references: ReadonlyMap<FingerPosition, readonly Minutia[]>,
  begin: () => Omit<EnrolmentBegin, 'policy' | 'missing'>,
): Observable<EnrolmentEvent> {
  return new Observable((subscriber) => {
    const { missing, policy = TR_03121_GID_6_0, resume } = options;
    let state: EnrolmentState;
    try {
      checkMissing(missing ?? []);
      const begun = enrolmentBegin({ ...begin(), policy, ...(missing === undefined ? {} : { missing }) });
      state = resume ?? begun;
    } catch (error) {
      subscriber.error(error);
      return undefined;
    }
    return new EnrolmentRun({ scanner, options, state, references, subscriber }).start();
  });
}

function checkMissing(missing: readonly MissingFinger[]): void {
  if (new Set(missing.map(({ finger }) => finger)).size === missing.length) return;
  throw outOfRange('missing', 'a finger is named twice');
}

function outOfRange(path: string, message: string): InputError {
  return new InputError('out-of-range', message, { path });
}
