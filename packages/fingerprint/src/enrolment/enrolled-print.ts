import { InputError, type GreyImage } from '@buergerkoffer/formats';
import { FINGER_CODE } from '../finger-position.js';
import { warningsOf, type PrintWarning, type QualityVerdict } from '../process/captured-print.js';
import type { EnrolledFinger } from '../process/capture-target.js';
import type { Veto } from '../process/enrolment-command.js';
import type { EnrolmentState } from '../process/enrolment-state.js';
import type { PadResult } from '../process/pad-result.js';
import type { Standing } from '../process/standing.js';
import { writeChipTemplate } from '../record/chip-record.js';
import { resampledTo500 } from '../segmentation/resample.js';
import { encodeWsq } from '../wsq/encode-wsq.js';

/** A print that was selected for the document. */
export interface EnrolledPrint {
  readonly finger: EnrolledFinger;
  /** Its name in the log. */
  readonly record: string;
  /** As captured: uncompressed, at the resolution of the scanner. */
  readonly image: GreyImage & { readonly resolutionPpi: number };
  readonly quality: QualityVerdict;
  /** The least sufficient quality of this finger. */
  readonly threshold: number;
  readonly sufficient: boolean;
  /**
   * Whether the threshold is made for the algorithm that decided: NFIQ 2 of the policy's version and model. Otherwise
   * `sufficient` is the best that is known, and no verdict of the guideline.
   */
  readonly thresholdApplies: boolean;
  readonly veto?: Veto;
  /** What the operator was warned of. */
  readonly warnings: readonly PrintWarning[];
  readonly pad: PadResult | 'not-performed';
  /** Attempts of the task that it was taken in, 1 to 3. */
  readonly attempts: number;
  /** The compressed image: 500 ppi, less than 18,432 bytes, the only lossy compression. */
  readonly wsq: Uint8Array<ArrayBuffer>;
  /** Bits per pixel that the file was made for. */
  readonly bitRate: number;
  /** The biometric information template for the chip (COD-FP-CHIP), which holds the compressed image. */
  readonly template: Uint8Array<ArrayBuffer>;
}

/** Bits per pixel, and the largest file in bytes (TR-03121-3 Vol. 2, COM-FP-WSQR). */
const BIT_RATE = 0.75;
const MAX_BYTES = 18_431;
/** Scanners of image acquisition level 41 have this resolution, those of level 31 half of it. */
const FINE_PPI = 1000;

/** The selected print as a document takes it. Its image must still be there. */
export function enrolledPrint(state: EnrolmentState, standing: Standing): EnrolledPrint {
  const { finger, print, task, sufficient, veto } = standing;
  const { record, quality, pad, material } = print;
  if (material === undefined)
    throw new InputError('missing', 'the image of the print is gone', { path: record });
  const { image } = material;
  const { bytes: wsq, bitRate } = encodeWsq(resampledTo500(image), {
    bitRate: BIT_RATE,
    maxBytes: MAX_BYTES,
  });
  const template = writeChipTemplate({
    position: FINGER_CODE[finger],
    wsq,
    quality: quality.value,
    ...(image.resolutionPpi >= FINE_PPI ? { acquisitionLevel: 41, scanPpi: image.resolutionPpi } : {}),
  });
  return {
    finger,
    record,
    image,
    quality,
    threshold: state.policy.thresholds[finger],
    sufficient,
    thresholdApplies: isPolicysOwn(quality, state),
    ...(veto === undefined ? {} : { veto }),
    warnings: warningsOf(print),
    pad,
    attempts: state.tasks.find(({ number }) => number === task)?.attempts.length ?? 0,
    wsq,
    bitRate,
    template,
  };
}

function isPolicysOwn({ decidedBy }: QualityVerdict, { policy }: EnrolmentState): boolean {
  const { algorithm, version, modelHash } = policy.quality;
  return (
    decidedBy.conformant &&
    decidedBy.algorithm === algorithm &&
    decidedBy.version === version &&
    decidedBy.modelHash === modelHash
  );
}
