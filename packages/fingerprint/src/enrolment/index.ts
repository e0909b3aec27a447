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
export { nfiq2Assessor } from './quality-assessor.js';
export type { AssessedQuality, QualityAssessor } from './quality-assessor.js';
export type { VerifiedFinger } from './verified-finger.js';
