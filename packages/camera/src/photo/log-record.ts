import type { CriterionResult, PhotoAssessment } from './assessment.js';
import type { Offer, Choice } from './selection.js';
import type { CriterionId, Threshold } from './thresholds.js';
import type { Veto } from './veto.js';

/*
 * The log of BSI TR-03121-3 Vol. 2 v6.0 (LOG-FI-GENERIC, LOG-FI-GID) as plain objects. Names are those of the
 * guideline; its schemas were not at hand, so that the nesting is partly unverified and no XML is made.
 */

/** One criterion that was assessed: `qa` of FaceQuality. */
export interface LoggedCriterion extends Threshold {
  readonly id: CriterionId;
  readonly result: number;
}

/** What software judged a photo. */
export interface LoggedSoftware {
  readonly Vendor: string;
  readonly Name: string;
  readonly Version: string;
}

/** FaceQuality of one capture. */
export interface FaceQuality {
  /** Whether all criteria that were provided are met. */
  readonly total: boolean;
  /** Number of the capture, from 1. */
  readonly capture: number;
  readonly Software: LoggedSoftware;
  readonly qa: readonly LoggedCriterion[];
}

/** BinaryRecord: an image; its bytes are absent once they must not be kept. */
export interface BinaryRecord {
  readonly id: string;
  readonly type: 'jpeg' | 'jpeg2000';
  /** ISO 8601: when the photo was taken, of a conversion when it was made. */
  readonly timestamp: string;
  readonly BinaryData?: Uint8Array;
}

/** One capture with its quality and, where an operator overruled it, the veto. */
export interface FaceCapture {
  readonly FaceQuality: FaceQuality;
  readonly Veto?: { readonly type: 'OK' | 'NOK'; readonly reason: Veto };
}

/** An acquisition with a camera that is attached (profile 3.3). */
export interface FaceAcquisition {
  readonly StartTime: string;
  readonly FaceCapture: readonly FaceCapture[];
  readonly Records: readonly BinaryRecord[];
  /** Texts that were shown to the operator. */
  readonly UserInterface: readonly string[];
}

/** What a file says about the camera that took it, for profile 3.4. */
export interface CameraConfiguration {
  readonly ExposureTime?: string;
  readonly FNumber?: string;
  readonly FocalLength?: string;
  readonly ISOSpeedRatings?: string;
  readonly LensModel?: string;
}

/** A delivery of files from a camera's card or a folder (profile 3.4). */
export interface FaceDelivery extends FaceAcquisition {
  readonly Origin: {
    readonly CIR: {
      readonly CIRName: 'LocalStorage';
      readonly CIRRecord: readonly { readonly probe: string }[];
    };
  };
  readonly MetaInformation: { readonly Hardware: { readonly ConfigurationInformation: CameraConfiguration } };
}

/** The choice of a photo (profile 3.9): ids of binary records. */
export interface FaceSelection {
  readonly selectionBasis: readonly string[];
  readonly preSelected?: string;
  readonly selected?: string;
}

/** FaceQuality from an assessment: criteria that were not assessed are not in it, as they were not provided. */
export function faceQuality(assessment: PhotoAssessment, capture: number): FaceQuality {
  const provided = assessment.criteria.filter((one) => one.verdict !== 'not-assessed');
  return {
    total: provided.every(({ verdict }) => verdict === 'ok'),
    capture,
    Software: { Vendor: 'Bürgerkoffer SDK', Name: assessment.algorithm, Version: assessment.version },
    qa: provided.map(loggedCriterion),
  };
}

/** A capture with what the software found, and with the operator's word against it. */
export function faceCapture(assessment: PhotoAssessment, capture: number, veto?: Veto): FaceCapture {
  const FaceQuality = faceQuality(assessment, capture);
  if (veto === undefined) return { FaceQuality };
  return { FaceQuality, Veto: { type: veto === 'NOK overrules software' ? 'NOK' : 'OK', reason: veto } };
}

/** A delivery from a local storage: every record is named as one of its probes. */
export function faceDelivery(acquisition: FaceAcquisition, camera: CameraConfiguration): FaceDelivery {
  return {
    ...acquisition,
    Origin: {
      CIR: { CIRName: 'LocalStorage', CIRRecord: acquisition.Records.map(({ id }) => ({ probe: id })) },
    },
    MetaInformation: { Hardware: { ConfigurationInformation: camera } },
  };
}

/** What was offered, what was marked, and what was released. */
export function faceSelection(offer: Offer<Choice>, selected?: string): FaceSelection {
  return {
    selectionBasis: [...offer.shown, ...offer.onDemand].map(({ id }) => id),
    ...(offer.preSelected === undefined ? {} : { preSelected: offer.preSelected.id }),
    ...(selected === undefined ? {} : { selected }),
  };
}

/** The records after the selection: only the one that was selected keeps its bytes; none does when none was. */
export function keptRecords(records: readonly BinaryRecord[], selected?: string): readonly BinaryRecord[] {
  return records.map((record) => {
    if (record.id === selected) return record;
    const { id, type, timestamp } = record;
    return { id, type, timestamp };
  });
}

type AssessedCriterion = Extract<CriterionResult, { readonly verdict: 'ok' | 'nok' }>;

function loggedCriterion({ id, value, threshold }: AssessedCriterion): LoggedCriterion {
  const { min, max, tmin, tmax } = threshold;
  return { id, min, max, tmin, tmax, result: value };
}
