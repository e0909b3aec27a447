import type {
  Applicant,
  AuthorityIdentity,
  Capacity,
  CapturedFinger,
  CaseEvent,
  CaseServiceId,
  EligibilityAnswer,
  FeeLine,
  FingersOutcome,
  FormArtefact,
  FuehrungszeugnisRequest,
  IdentityEvidence,
  MessageArtefact,
  MissingHand,
  Person,
  PhotoCapture,
  PinLetter,
  Place,
  QualityLogEntry,
  SignatureOutcome,
} from '../model/index.js';

/**
 * Where a case stands: `open` while it is worked on, `confirmed` once the applicant signed, `sealed` while only the
 * authority can read it, `rejected` after a nack, then `handed-over` or `cancelled`, and at last `erased`.
 */
export type CasePhase =
  'new' | 'open' | 'confirmed' | 'sealed' | 'rejected' | 'handed-over' | 'cancelled' | 'erased';

/** Whether a service goes on in this case. */
export interface ServiceEligibility {
  readonly answer: EligibilityAnswer;
  readonly granted: boolean;
}

/** Whether the identity is established. */
export type IdentityState =
  | { readonly state: 'open' }
  | { readonly state: 'doubted'; readonly reason: string; readonly furtherMeasure: string }
  | { readonly state: 'established'; readonly evidence: IdentityEvidence; readonly at: string };

/** Whether the record was checked; every change of the record opens it again. */
export type ReviewState =
  | { readonly state: 'open' }
  | { readonly state: 'accepted'; readonly by: readonly string[] }
  | { readonly state: 'returned'; readonly reason: string };

/** What one service costs and how it was paid. */
export interface ChargedFee {
  readonly lines: readonly FeeLine[];
  readonly totalCents: number;
  readonly payment: 'card' | 'cash' | 'invoice' | 'waived';
}

/** A case as the fold of its events; holds personal data and artefact references, no image data. */
export interface CaseState {
  readonly phase: CasePhase;
  readonly caseId?: string;
  readonly authority?: AuthorityIdentity;
  readonly requestedAt?: string;
  readonly services: readonly CaseServiceId[];
  readonly place?: Place;
  readonly born?: string;
  readonly eligibility: Readonly<Partial<Record<CaseServiceId, ServiceEligibility>>>;
  readonly scheduledFor?: string;
  readonly preloaded: Extract<CaseEvent, { type: 'preloaded' }>['items'];
  readonly selfTest?: 'go' | 'degraded' | 'no-go';
  readonly identity: IdentityState;
  readonly representation?: { readonly capacity: Capacity; readonly applicant: Applicant };
  readonly register?: Extract<CaseEvent, { type: 'register-looked-up' }>['result'];
  readonly holder?: Person;
  readonly photo?: PhotoCapture;
  /** Fingers captured so far: one per hand, or one and an additional one of the same hand. */
  readonly captured: readonly CapturedFinger[];
  readonly fingers:
    | { readonly state: 'open' }
    | {
        readonly state: 'decided';
        readonly outcome: FingersOutcome;
        readonly missing: readonly MissingHand[];
      };
  readonly signature?: SignatureOutcome;
  readonly informed: readonly string[];
  readonly pinLetter?: { readonly letter: PinLetter; readonly at: string };
  readonly fuehrungszeugnis?: {
    readonly request: FuehrungszeugnisRequest;
    readonly message?: MessageArtefact;
  };
  readonly fees: Readonly<Partial<Record<CaseServiceId, ChargedFee>>>;
  readonly forms: readonly FormArtefact[];
  readonly qualityLog: readonly QualityLogEntry[];
  /** Everybody who acted in the case. */
  readonly clerks: readonly string[];
  /** Sets of clerks who made the record that is to be reviewed. */
  readonly recordedBy: readonly (readonly string[])[];
  readonly review: ReviewState;
  readonly confirmedAt?: string;
  readonly submission?: {
    readonly id: string;
    readonly recipient: string;
    readonly answer?: Extract<CaseEvent, { type: 'handed-over' }>['answer'];
  };
  readonly cancelled?: Extract<CaseEvent, { type: 'cancelled' }>['reason'];
}

/** A case before its first event. */
export const NEW_CASE: CaseState = {
  phase: 'new',
  services: [],
  eligibility: {},
  preloaded: [],
  identity: { state: 'open' },
  captured: [],
  fingers: { state: 'open' },
  informed: [],
  fees: {},
  forms: [],
  qualityLog: [],
  clerks: [],
  recordedBy: [],
  review: { state: 'open' },
};

/** Services that go on: those asked for, without those that were refused. */
export function activeServices(state: CaseState): readonly CaseServiceId[] {
  return state.services.filter((service) => state.eligibility[service]?.granted !== false);
}
