import { z } from 'zod';
import { Artefact, Quality } from './artefact.js';
import { AuthorityIdentity } from './authority-identity.js';
import { PhotoCapture, SignatureOutcome } from './captures.js';
import { IdentityEvidence, PinLetter } from './evidence.js';
import { FeeLine } from './fee.js';
import { Fingers } from './fingers.js';
import { Person } from './person.js';
import { Applicant, Capacity } from './representation.js';
import { CaseId, ClerkId, Instant, IsoDate, Sha256 } from './scalars.js';

/** The document applied for; term by § 6 PAuswG, eID on from 16 (§ 10 PAuswG). */
export const AppliedDocument = z
  .strictObject({
    kind: z.enum(['personalausweis']),
    validFrom: IsoDate,
    /** Last day of validity. */
    validTo: IsoDate,
    eid: z.enum(['on', 'off']),
  })
  .readonly();
/** The document applied for. */
export type AppliedDocument = z.output<typeof AppliedDocument>;

/** One line of the quality log: which image, when, and what was said of it. */
export const QualityLogEntry = z
  .strictObject({
    at: Instant,
    image: Sha256,
    kind: z.enum(['photo', 'finger', 'signature']),
    quality: Quality,
  })
  .readonly();
/** One line of the quality log. */
export type QualityLogEntry = z.output<typeof QualityLogEntry>;

/** The fields of an application, each by itself; what they must be together is in `application-rules`. */
export const DocumentApplicationShape = z
  .strictObject({
    schemaVersion: z.literal(1),
    caseId: CaseId,
    authority: AuthorityIdentity,
    /** Day of the application in Europe/Berlin; fee, term and duties follow from it. */
    appliedOn: IsoDate,
    document: AppliedDocument,
    holder: Person,
    applicant: Applicant,
    capacity: Capacity,
    identity: IdentityEvidence,
    photo: PhotoCapture,
    fingers: Fingers,
    signature: SignatureOutcome,
    qualityLog: z.array(QualityLogEntry).max(200).readonly(),
    fees: z
      .strictObject({ lines: z.array(FeeLine).max(20).readonly(), totalCents: z.int().min(0) })
      .readonly(),
    /** Absent only for applications before 17 February 2025. */
    pinLetter: PinLetter.optional(),
    /** Printed forms and messages that go with it. */
    attachments: z.array(Artefact).max(50).readonly(),
    timestamps: z
      .strictObject({
        requestedAt: Instant,
        identifiedAt: Instant,
        confirmedAt: Instant,
        pinLetterHandedOverAt: Instant.optional(),
      })
      .readonly(),
    /** Clerks who took part. */
    clerks: z.array(ClerkId).min(1).max(8).readonly(),
  })
  .readonly();
/** The fields of an application. */
export type DocumentApplicationShape = z.output<typeof DocumentApplicationShape>;
