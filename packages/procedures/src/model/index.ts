export { Alternative, EligibilityAnswer } from './eligibility-answer.js';
export { DocumentApplication, readDocumentApplication } from './application.js';
export { AppliedDocument, QualityLogEntry } from './application-shape.js';
export type { DocumentApplicationShape } from './application-shape.js';
export { checkApplication } from './application-rules.js';
export type { ApplicationFault } from './application-rules.js';
export {
  Artefact,
  FingerArtefact,
  FormArtefact,
  MessageArtefact,
  PhotoArtefact,
  Quality,
  SignatureArtefact,
} from './artefact.js';
export { AuthorityCertificate, AuthorityConfig, readAuthorityConfig } from './authority.js';
export { AuthorityIdentity } from './authority-identity.js';
export { Birth, PartialBirthDate } from './birth.js';
export { hasReached, lastDayOfTerm, possibleBirthDays } from './calendar.js';
export { PhotoCapture, SignatureOutcome } from './captures.js';
export { DeviceKindId } from './device-kind.js';
export { CaseEvent, EVENT_VERSION } from './events.js';
export type { CaseEventType } from './events.js';
export { readCaseEvent, upcast } from './read-event.js';
export type { Upcaster } from './read-event.js';
export { IdentityEvidence, PinLetter, SignatureOmission } from './evidence.js';
export { FeeLine, FeeSource } from './fee.js';
export {
  CapturedFinger,
  Fingers,
  FingerPosition,
  FingersOutcome,
  Hand,
  handOf,
  MissingHand,
  outcomeOf,
} from './fingers.js';
export { Anfrageart, FuehrungszeugnisRequest } from './fuehrungszeugnis.js';
export { Address, GermanAddress, Geschlecht, Person, PersonName } from './person.js';
export { Policy, PolicyCondition, PolicyFact } from './policy.js';
export { Applicant, Capacity } from './representation.js';
export type { ApplicantRole } from './representation.js';
export { Ags, CaseId, Instant, IsoDate, Sha256 } from './scalars.js';
export { CaseServiceId, Place, ServiceId } from './service.js';
