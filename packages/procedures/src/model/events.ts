import { z } from 'zod';
import { FormArtefact, MessageArtefact, SignatureArtefact } from './artefact.js';
import { PartialBirthDate } from './birth.js';
import { PhotoCapture } from './captures.js';
import { AuthorityIdentity } from './authority-identity.js';
import { DeviceKindId } from './device-kind.js';
import { EligibilityAnswer } from './eligibility-answer.js';
import { IdentityEvidence, PinLetter, SignatureOmission } from './evidence.js';
import { FeeLine } from './fee.js';
import { CapturedFinger, FingersOutcome, MissingHand } from './fingers.js';
import { FuehrungszeugnisRequest } from './fuehrungszeugnis.js';
import { Person } from './person.js';
import { Applicant, Capacity } from './representation.js';
import { CaseId, ClerkId, Instant, Sha256, Slug, text } from './scalars.js';
import { CaseServiceId, Place } from './service.js';

/** The version in which events are written today. */
export const EVENT_VERSION = 1;

const base = {
  schemaVersion: z.literal(EVENT_VERSION),
  at: Instant,
  /** Clerks who did it, jointly where there are several. */
  by: z.array(ClerkId).min(1).max(4).readonly(),
} as const;

/** What the outbox does by itself has no clerk. */
const automatic = { ...base, by: z.array(ClerkId).max(4).readonly() } as const;

function event<T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) {
  return z.strictObject({ type: z.literal(type), ...base, ...shape }).readonly();
}

/** A case begins: which services for whom, where. */
export const Requested = event('requested', {
  caseId: CaseId,
  authority: AuthorityIdentity,
  services: z
    .array(CaseServiceId)
    .min(1)
    .max(2)
    .refine((services) => new Set(services).size === services.length, 'names a service twice')
    .readonly(),
  place: Place,
  /** Whom the card is for; age decides what is captured. */
  holderBorn: PartialBirthDate,
});

/** The rules answered for one service; where they leave it to the clerk, the decision with its reason. */
export const EligibilityDecided = event('eligibility-decided', {
  service: CaseServiceId,
  answer: EligibilityAnswer,
  clerkDecision: z
    .strictObject({ granted: z.boolean(), reason: text(300) })
    .readonly()
    .optional(),
});

/** The visit has a time and a team. */
export const Scheduled = event('scheduled', {
  start: Instant,
  team: z.array(ClerkId).min(1).max(4).readonly(),
});

/** Data needed offline is in the suitcase, each with its purpose and the moment at which it is erased. */
export const Preloaded = event('preloaded', {
  items: z
    .array(z.strictObject({ what: Slug, purpose: text(200), expires: Instant }).readonly())
    .min(1)
    .max(50)
    .readonly(),
});

/** The suitcase was tried before the visit. */
export const SelfTested = event('self-tested', {
  outcome: z.enum(['go', 'degraded', 'no-go']),
  findings: z
    .array(
      z
        .strictObject({
          device: DeviceKindId,
          state: z.enum(['ok', 'missing', 'faulty']),
          remark: text(200).optional(),
        })
        .readonly(),
    )
    .max(50)
    .readonly(),
});

/** The identity is established. */
export const Identified = event('identified', { evidence: IdentityEvidence });

/** The identity is in doubt; the case stops until it is established (§ 9 (4) PAuswG). */
export const IdentityDoubted = event('identity-doubted', { reason: text(300), furtherMeasure: text(300) });

/** Who acts, after the clerks have spoken with the person. */
export const CapacityAssessed = event('capacity-assessed', { capacity: Capacity, applicant: Applicant });

/** What the municipality's own register answered. */
export const RegisterLookedUp = event('register-looked-up', {
  result: z.discriminatedUnion('outcome', [
    z.strictObject({ outcome: z.literal('found'), person: Person }).readonly(),
    z.strictObject({ outcome: z.literal('not-found') }).readonly(),
    z.strictObject({ outcome: z.literal('not-unique') }).readonly(),
    z.strictObject({ outcome: z.literal('unavailable'), reason: text(200) }).readonly(),
  ]),
});

/** The holder's data as they go on the card, checked with the person. */
export const DataRecorded = event('data-recorded', { holder: Person });

/** A photo was taken or taken over; the last one counts. */
export const PhotoCaptured = event('photo-captured', { photo: PhotoCapture });

/** A finger was captured; the last one of a hand counts, and beside it the last additional one. */
export const FingerCaptured = event('finger-captured', { finger: CapturedFinger });

/** The step FINGERS is over: its outcome, and the reason for each hand without a finger. */
export const FingersDecided = event('fingers-decided', {
  outcome: FingersOutcome,
  missing: z.array(MissingHand).max(2).readonly(),
});

/** The signature was taken; the last one counts. */
export const SignatureCaptured = event('signature-captured', { image: SignatureArtefact });

/** There is no signature, and why. */
export const SignatureOmitted = event('signature-omitted', { omission: SignatureOmission });

/** The duty to inform was fulfilled (§ 11 (3) PAuswG); the leaflet was offered. */
export const Informed = event('informed', {
  topics: z
    .array(z.enum(['eid', 'vor-ort-auslesen', 'security', 'blocking', 'data-protection']))
    .min(1)
    .max(5)
    .readonly(),
  leafletOffered: z.literal(true),
});

/** The sealed PIN letter was handed over and its receipt confirmed in Textform (PAuswV § 17). */
export const PinLetterHandedOver = event('pin-letter-handed-over', { letter: PinLetter });

/** The fee of one service was charged or waived; every line says how it came about. */
export const FeeCharged = event('fee-charged', {
  service: CaseServiceId,
  lines: z.array(FeeLine).min(1).max(20).readonly(),
  totalCents: z.int().min(0),
  payment: z.enum(['card', 'cash', 'invoice', 'waived']),
}).superRefine((charged, context) => {
  const sum = charged.lines.reduce<number>((total, line) => total + Number(line.amountCents), 0);
  if (sum !== charged.totalCents) {
    context.addIssue({ code: 'custom', path: ['totalCents'], message: 'is not the sum of the lines' });
  }
});

/** A form was printed. */
export const FormPrinted = event('form-printed', { form: FormArtefact });

/** The citizen asks for a Führungszeugnis in the same visit; the message 0430 is written. */
export const FuehrungszeugnisRequested = event('fuehrungszeugnis-requested', {
  request: FuehrungszeugnisRequest,
  message: MessageArtefact.optional(),
});

/** A clerk checked the record; with four eyes not the one who made it. */
export const Reviewed = event('reviewed', {
  result: z.discriminatedUnion('verdict', [
    z.strictObject({ verdict: z.literal('accepted') }).readonly(),
    z.strictObject({ verdict: z.literal('returned'), reason: text(300) }).readonly(),
  ]),
});

/** The applicant saw all data and signed that they are right. */
export const Confirmed = event('confirmed', { confirmedBy: z.enum(['holder', 'applicant']) });

/** Only the authority's key opens the case now; the plaintext is destroyed. */
export const Sealed = event('sealed', {
  submissionId: z.uuid(),
  /** SHA-256 of the DER of the certificate to which it is sealed. */
  recipient: Sha256,
});

/** The Fachverfahren answered the submission; a retry is the same submission. */
export const HandedOver = z
  .strictObject({
    type: z.literal('handed-over'),
    ...automatic,
    submissionId: z.uuid(),
    answer: z.discriminatedUnion('result', [
      z.strictObject({ result: z.literal('ack') }).readonly(),
      z.strictObject({ result: z.literal('nack'), code: Slug.optional(), reason: text(300) }).readonly(),
    ]),
  })
  .readonly();

/** The case's key is destroyed and its files are gone. */
export const Erased = z
  .strictObject({
    type: z.literal('erased'),
    ...automatic,
    /** Why it ended: handed over, cancelled, or its retention ran out. */
    cause: z.enum(['handed-over', 'cancelled', 'expired']),
  })
  .readonly();

/** The case ends without a card. */
export const Cancelled = event('cancelled', {
  reason: z.enum([
    'not-eligible',
    'withdrawn',
    'person-absent',
    'self-test-no-go',
    'identity-doubt',
    'capacity-doubt',
    'other',
  ]),
  remark: text(300).optional(),
});

/** One step of a case, sealed and durable before it takes effect. */
export const CaseEvent = z.discriminatedUnion('type', [
  Requested,
  EligibilityDecided,
  Scheduled,
  Preloaded,
  SelfTested,
  Identified,
  IdentityDoubted,
  CapacityAssessed,
  RegisterLookedUp,
  DataRecorded,
  PhotoCaptured,
  FingerCaptured,
  FingersDecided,
  SignatureCaptured,
  SignatureOmitted,
  Informed,
  PinLetterHandedOver,
  FeeCharged,
  FormPrinted,
  FuehrungszeugnisRequested,
  Reviewed,
  Confirmed,
  Sealed,
  HandedOver,
  Erased,
  Cancelled,
]);
/** One step of a case. */
export type CaseEvent = z.output<typeof CaseEvent>;
/** What a {@link CaseEvent} says. */
export type CaseEventType = CaseEvent['type'];
