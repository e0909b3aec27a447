import { DeviceError, withDeadline, type Clock } from '@buergerkoffer/core';
import { InputError, type GreyImage } from '@buergerkoffer/formats';
import { FINGER_CODE, type FingerPosition } from '../finger-position.js';
import type { FingerprintCaptured } from '../fingerprint-scanner.js';
import { extractMinutiae } from '../minutiae/extract-minutiae.js';
import type { Minutia } from '../minutiae/minutia.js';
import { findFingertips } from '../segmentation/find-fingertips.js';
import { resampledTo500 } from '../segmentation/resample.js';
import { recordName, type CaptureTask } from '../process/capture-task.js';
import { FAILED_QUALITY, type CapturedPrint, type QualityVerdict } from '../process/captured-print.js';
import { fingersOf, type EnrolledFinger } from '../process/capture-target.js';
import type { EnrolmentPolicy } from '../process/enrolment-policy.js';
import type { PadResult } from '../process/pad-result.js';
import type { EnrolmentInput } from '../process/reduce-enrolment.js';
import { checkUniqueness, comparePrints, type ComparedPrint } from '../process/uniqueness-check.js';
import type { AssessedQuality, QualityAssessor } from './quality-assessor.js';

/** What a capture is judged with. */
export interface Assessment {
  readonly assessor: QualityAssessor;
  readonly policy: EnrolmentPolicy;
  readonly clock: Clock;
  readonly task: CaptureTask;
  /** The counter of attempts. */
  readonly count: number;
  /** Whether the glass is larger than one finger: then the fingertip is cut out of the image. */
  readonly hasLargeGlass: boolean;
  /** Prints that were accepted before. */
  readonly accepted: readonly ComparedPrint[];
  /** In a control verification the minutiae of the prints that are verified. */
  readonly references: ReadonlyMap<FingerPosition, readonly Minutia[]>;
}

/** How long the quality of one print may take, in milliseconds. */
const QUALITY_MS = 20_000;

/** Judges what was captured: quality, uniqueness, and what the scanner said of presentation attacks. */
export async function assessCapture(
  captured: FingerprintCaptured,
  assessment: Assessment,
  signal: AbortSignal,
): Promise<EnrolmentInput> {
  if (captured.slap === undefined) {
    const [finger] = fingersOf(assessment.task.target);
    if (finger === undefined || captured.finger !== finger) throw wrongFinger();
    const tips: readonly FingerImage[] = assessment.hasLargeGlass
      ? findFingertips(captured.image)
      : [captured];
    const [tip, another] = tips;
    if (tip === undefined) return { type: 'attempt-failed', errorCode: 'too-few-fingers' };
    if (another !== undefined) return { type: 'attempt-failed', errorCode: 'too-many-fingers' };
    const print = { finger, image: tip.image, pad: padOf(captured.pad) };
    return { type: 'captured', prints: await judged([print], assessment, signal) };
  }
  const { segmentation, pad = {}, image } = captured;
  if (segmentation.outcome !== 'segmented') {
    return { type: 'attempt-failed', errorCode: segmentation.outcome };
  }
  const prints = fingersOf(assessment.task.target).map((finger): RawPrint => {
    const segment = segmentation.segments.find((one) => one.finger === finger);
    if (segment === undefined) throw wrongFinger();
    return { finger, image: segment.image, pad: padOf(pad[finger]) };
  });
  return { type: 'captured', prints: await judged(prints, assessment, signal), slapImage: image };
}

interface FingerImage {
  readonly image: GreyImage & { readonly resolutionPpi: number };
}

interface RawPrint extends FingerImage {
  readonly finger: EnrolledFinger;
  readonly pad: PadResult | 'not-performed';
}

interface JudgedPrint extends RawPrint, ComparedPrint {
  readonly quality: QualityVerdict;
}

async function judged(
  raw: readonly RawPrint[],
  assessment: Assessment,
  signal: AbortSignal,
): Promise<readonly CapturedPrint[]> {
  const { task, count, policy, accepted, references } = assessment;
  const prints: JudgedPrint[] = [];
  for (const { finger, image, pad } of raw) {
    const { quality, minutiae } = await qualityOf(resampledTo500(image), assessment, signal);
    prints.push({
      finger,
      image,
      pad,
      quality,
      minutiae,
      record: recordName(task.number, count, FINGER_CODE[finger]),
    });
  }
  return prints.map(({ finger, image, pad, quality, minutiae, record }): CapturedPrint => {
    const reference = references.get(finger);
    return {
      record,
      finger,
      material: { image, minutiae },
      quality,
      uniqueness: checkUniqueness({ finger, record, minutiae }, [...accepted, ...prints], policy),
      pad,
      ...(reference === undefined ? {} : { verification: comparePrints(minutiae, reference, policy) }),
    };
  });
}

/** A print that cannot be assessed is of no quality, not an error: the person lays the finger down again. */
async function qualityOf(
  image: GreyImage,
  { assessor, clock }: Assessment,
  signal: AbortSignal,
): Promise<{ readonly quality: QualityVerdict; readonly minutiae: readonly Minutia[] }> {
  const { decidedBy } = assessor;
  const start = clock.elapsed();
  const durationMs = (): number => Math.round(clock.elapsed() - start);
  let assessed: AssessedQuality | undefined;
  try {
    assessed = await withDeadline(
      'the assessment of the quality',
      QUALITY_MS,
      async (inner) => assessor.assess(image, inner),
      signal,
    );
  } catch (error) {
    if (!(error instanceof InputError || error instanceof DeviceError)) throw error;
  }
  const quality: QualityVerdict =
    assessed === undefined
      ? {
          value: FAILED_QUALITY,
          decidedBy,
          durationMs: durationMs(),
          faults: [],
          errorCode: 'quality-failed',
        }
      : { value: checkedValue(assessed.value), decidedBy, durationMs: durationMs(), faults: assessed.faults };
  return { quality, minutiae: assessed?.ownMinutiae ?? extractMinutiae(image) };
}

function checkedValue(value: number): number {
  if (Number.isInteger(value) && ((value >= 0 && value <= 100) || value === FAILED_QUALITY)) return value;
  throw new InputError('out-of-range', 'an assessor answered no quality of 0 to 100', { path: 'value' });
}

function padOf(pad: PadResult | undefined): PadResult | 'not-performed' {
  if (pad === undefined) return 'not-performed';
  const { value, threshold } = pad;
  if (value >= 0 && value <= 1 && threshold > 0 && threshold <= 1) return { value, threshold };
  throw new DeviceError(
    'protocol',
    'the scanner said something of presentation attacks that is not from 0 to 1',
  );
}

function wrongFinger(): DeviceError {
  return new DeviceError('protocol', 'the scanner captured another finger than it was asked for');
}
