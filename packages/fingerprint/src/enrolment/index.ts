export { acceptingOperator } from './accepting-operator.js';
export { enrolFingers, verifyFingers } from './enrol-fingers.js';
export type { PrintToVerify } from './enrol-fingers.js';
export type { EnrolledPrint } from './enrolled-print.js';
export type { EnrolmentEvent, EnrolmentInterrupted, EnrolmentResult } from './enrolment-event.js';
export { LEAST_AGE } from './enrolment-options.js';
export type {
  AcquisitionOptions,
  DecidingOperator,
  EnrolmentOptions,
  Operator,
} from './enrolment-options.js';
export { enrolmentText, WARNING_TEXT } from './enrolment-text.js';
export { nfiq2Assessor } from './quality-assessor.js';
export type { AssessedQuality, QualityAssessor } from './quality-assessor.js';
export type { VerifiedFinger } from './verified-finger.js';
export type {
  AttemptError,
  AttemptOutcome,
  CaptureAttempt,
  CaptureTask,
  TaskReason,
  TaskState,
} from '../process/capture-task.js';
export { FAILED_QUALITY } from '../process/captured-print.js';
export type {
  CapturedPrint,
  ComparisonVerdict,
  Duplicate,
  PrintMaterial,
  PrintWarning,
  Purpose,
  QualityDecider,
  QualityVerdict,
  UniquenessVerdict,
} from '../process/captured-print.js';
export type { CaptureTarget, EnrolledFinger } from '../process/capture-target.js';
export type {
  CommandName,
  EnrolmentCommand,
  MissingFinger,
  MissingReason,
  Veto,
} from '../process/enrolment-command.js';
export type {
  CommandRefused,
  ExpectedFingers,
  FingerFeedback,
  IntermediateFingerFeedback,
  OperatorDecision,
  ProcessEvent,
  RefusalReason,
  ScannerEvent,
} from '../process/enrolment-event.js';
export { ENROLMENT_POLICIES, enrolmentPolicyOn, TR_03121_GID_6_0 } from '../process/enrolment-policy.js';
export type { EnrolmentPolicy } from '../process/enrolment-policy.js';
export type {
  CaptureDevice,
  DeviceSession,
  EnrolmentPhase,
  EnrolmentState,
} from '../process/enrolment-state.js';
export { LOG_ERROR_CODES } from '../process/finger-log.js';
export type {
  BinaryRecord,
  FingerAcquisition,
  FingerCapture,
  FingerCaptureAttempt,
  FingerComparison,
  FingerLog,
  FingerQualityLog,
  FingerSelection,
  PADInformation,
  RecordReference,
  SoftwareComponent,
  UniquenessCheck,
} from '../process/finger-log.js';
export { fingerLogOf } from '../process/finger-log-of.js';
export type { LogContext } from '../process/finger-log-of.js';
