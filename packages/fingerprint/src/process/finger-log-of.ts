import { FINGER_CODE } from '../finger-position.js';
import { printsOf, type CaptureAttempt, type CaptureTask } from './capture-task.js';
import type { CapturedPrint } from './captured-print.js';
import { codeOf } from './capture-target.js';
import type { EnrolmentState } from './enrolment-state.js';
import type {
  BinaryRecord,
  FingerAcquisition,
  FingerCapture,
  FingerCaptureAttempt,
  FingerComparison,
  FingerLog,
  FingerSelection,
  PADInformation,
  RecordReference,
  SoftwareComponent,
} from './finger-log.js';
import { nextStep } from './next-step.js';
import { isPadAlarm } from './pad-result.js';

/** What a log says that the enrolment does not know. */
export interface LogContext {
  readonly transactionId: string;
  readonly parentTransactionId?: string;
  /** Behördenkennziffer. */
  readonly location?: string;
  /** The application around the enrolment. */
  readonly software?: readonly SoftwareComponent[];
}

/**
 * The log of an enrolment that has ended, or was interrupted. `data` are the templates of the selected prints by
 * record, Base64: nothing else that is personal is in a log. The same state gives the same log.
 */
export function fingerLogOf(
  state: EnrolmentState,
  context: LogContext,
  data: ReadonlyMap<string, string> = new Map(),
): FingerLog {
  const { transactionId, parentTransactionId, location } = context;
  const isVerification = state.purpose === 'verification';
  const hasSelection = !isVerification && isSuccess(state) && acceptedPrints(state).length > 0;
  return {
    TransactionId: transactionId,
    ...(parentTransactionId === undefined ? {} : { ParentTransactionId: parentTransactionId }),
    ...(location === undefined ? {} : { Location: location }),
    ApplicationProfile: isVerification
      ? 'GID_BiometricDataSelection'
      : 'GID_SupervisedFingerprintAcquisition',
    FingerprintCaptureAllowed: state.captureAllowed,
    FingerAcquisition: state.captureAllowed
      ? state.sessions.map((_, index) => acquisitionOf(state, index, context, data))
      : [],
    ...(hasSelection ? { FingerSelection: selectionOf(state) } : {}),
    ...(isVerification && isSuccess(state) ? { Verification: comparisonsOf(state) } : {}),
  };
}

function isSuccess({ phase }: EnrolmentState): boolean {
  return phase.type === 'finished' && phase.result === 'Success';
}

function acquisitionOf(
  state: EnrolmentState,
  index: number,
  { software = [] }: LogContext,
  data: ReadonlyMap<string, string>,
): FingerAcquisition {
  const session = state.sessions[index];
  if (session === undefined) throw new RangeError(`there is no session ${index}`);
  const { device, startedAt, endedAt, errorCode } = session;
  const isLast = index === state.sessions.length - 1;
  const captures = state.tasks.flatMap((task) => captureOf(state, task, index));
  const records = isLast ? recordsOf(state, data) : [];
  const attempts = state.tasks
    .flatMap((task) => task.attempts)
    .filter((attempt) => attempt.session === index);
  return {
    StartTime: timeOf(startedAt),
    EndTime: timeOf(endedAt ?? attempts.at(-1)?.endedAt ?? startedAt),
    Software: [...software, ...algorithmsOf(attempts.flatMap(printsOf))],
    Hardware: {
      Vendor: device.maker,
      Name: device.model,
      ...(device.firmware === undefined ? {} : { Version: device.firmware }),
      ConfigurationInformation: [{ type: 'PixelDensity', value: device.resolutionPpi }],
    },
    FingerCaptureMode: 'plain',
    Timeout: device.patienceMs,
    UserInterface: {
      LiveScreen: device.liveImage,
      PADAlert: attempts.flatMap(printsOf).some(({ pad }) => isPadAlarm(pad)),
    },
    MultiplePersonDetectionInformation: 'not-performed',
    FingerMissing: isLast
      ? state.missing.map(({ finger, reason }) => ({ fc: FINGER_CODE[finger], reason }))
      : [],
    FingerCapture: captures,
    ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
    ...(records.length === 0 ? {} : { Records: { BinaryRecord: records } }),
  };
}

/** The part of the task that was done with one device; none where it had no part. */
function captureOf(state: EnrolmentState, task: CaptureTask, session: number): readonly FingerCapture[] {
  const attempts = task.attempts.filter((attempt) => attempt.session === session);
  const [first] = attempts;
  const last = attempts.at(-1);
  if (first === undefined || last === undefined) return [];
  const end = task.state;
  const best = end.type === 'accepted' ? end.best : [];
  const taken = attempts.filter((attempt) => best.some((print) => has(attempt, print)));
  const [only, another] = taken;
  return [
    {
      fc: codeOf(task.target),
      count: attempts.length,
      duration: last.endedAt - first.startedAt,
      Decision: end.type === 'open' ? 'interrupted' : end.type,
      ...(only !== undefined && another === undefined ? { BestCapture: only.count } : {}),
      FingerRecordReference: best.map(referenceOf),
      ...('veto' in end ? { Veto: end.veto } : {}),
      FingerCaptureAttempt: attempts.map((attempt) => attemptOf(state, attempt)),
    },
  ];
}

function has(attempt: CaptureAttempt, { record }: CapturedPrint): boolean {
  return printsOf(attempt).some((print) => print.record === record);
}

function attemptOf(state: EnrolmentState, attempt: CaptureAttempt): FingerCaptureAttempt {
  const { count, startedAt, endedAt, outcome } = attempt;
  const prints = printsOf(attempt);
  const failed = outcome.type === 'failed' ? outcome.errorCode : undefined;
  return {
    number: count,
    duration: endedAt - startedAt,
    acceptableCapture: failed === undefined,
    ...(failed === undefined ? {} : { rejectionReason: 'other' as const, errorCode: failed }),
    ...(failed === undefined || failed === 'timeout' ? {} : { SegmentationError: failed }),
    FingerRecordReference: prints.map(referenceOf),
    FingerQuality: prints.map(({ finger, quality }) => ({
      Software: quality.decidedBy,
      duration: quality.durationMs,
      fc: FINGER_CODE[finger],
      result: quality.value,
      ...(state.purpose === 'enrolment' ? { threshold: state.policy.thresholds[finger] } : {}),
      ...(quality.errorCode === undefined ? {} : { ErrorCode: quality.errorCode }),
    })),
    UniquenessCheck: prints.map(({ finger, uniqueness }) => ({
      fc: FINGER_CODE[finger],
      Software: { Name: uniqueness.algorithm, Version: uniqueness.version },
      threshold: uniqueness.threshold,
      compared: uniqueness.compared,
      Duplicates: uniqueness.duplicates.map((one) => ({
        fc: FINGER_CODE[one.finger],
        record: one.record,
        score: one.score,
      })),
      ...(uniqueness.errorCode === undefined ? {} : { ErrorCode: uniqueness.errorCode }),
    })),
    PADInformation: padOf(prints),
  };
}

function padOf(prints: readonly CapturedPrint[]): PADInformation {
  const probes = prints.flatMap(({ finger, record, pad }) =>
    pad === 'not-performed'
      ? []
      : [
          {
            fc: FINGER_CODE[finger],
            record,
            value: pad.value,
            lowerBound: 0 as const,
            upperBound: 1 as const,
            upperThreshold: pad.threshold,
          },
        ],
  );
  if (probes.length === 0) return { performed: false };
  return { performed: true, result: prints.some(({ pad }) => isPadAlarm(pad)), Probe: probes };
}

/** Every print that was captured; those in `data` with their template. */
function recordsOf({ tasks }: EnrolmentState, data: ReadonlyMap<string, string>): readonly BinaryRecord[] {
  return tasks
    .flatMap((task) => task.attempts)
    .flatMap((attempt) =>
      printsOf(attempt).map(({ record }): BinaryRecord => {
        const bytes = data.get(record);
        return {
          id: record,
          type: 'icao-cbeff-bit-bdb-19794-4',
          timestamp: timeOf(attempt.endedAt),
          ...(bytes === undefined ? {} : { BinaryData: bytes }),
        };
      }),
    );
}

function selectionOf(state: EnrolmentState): FingerSelection {
  const step = nextStep(state);
  const selected = step.type === 'done' ? step.selected.map(({ print }) => print.record) : [];
  return {
    selectionBasis: acceptedPrints(state).map(({ record }) => record),
    preSelected: selected,
    selected,
  };
}

function acceptedPrints({ tasks }: EnrolmentState): readonly CapturedPrint[] {
  return tasks.flatMap(({ state }) => (state.type === 'accepted' ? state.best : []));
}

function comparisonsOf(state: EnrolmentState): readonly FingerComparison[] {
  const { algorithm, version } = state.policy.comparison;
  return acceptedPrints(state).flatMap(({ finger, record, verification }) =>
    verification === undefined
      ? []
      : [
          {
            fc: FINGER_CODE[finger],
            record,
            Software: { Name: algorithm, Version: version },
            ...verification,
          },
        ],
  );
}

/** The algorithms that decided about the prints, each once. */
function algorithmsOf(prints: readonly CapturedPrint[]): readonly SoftwareComponent[] {
  const all = prints.flatMap(({ quality, uniqueness }): readonly SoftwareComponent[] => [
    {
      Name: quality.decidedBy.algorithm,
      Version: quality.decidedBy.version,
      Model: quality.decidedBy.modelHash,
    },
    { Name: uniqueness.algorithm, Version: uniqueness.version },
  ]);
  return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}

function isSame(a: SoftwareComponent, b: SoftwareComponent): boolean {
  return a.Name === b.Name && a.Version === b.Version && a.Model === b.Model;
}

function referenceOf({ finger, record }: CapturedPrint): RecordReference {
  return { fc: FINGER_CODE[finger], record };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
