import type { CaseEvent, Policy } from '@buergerkoffer/procedures/model';

/** Hex digits that stand for a SHA-256. */
export function hash(seed: number): string {
  return seed.toString(16).padStart(64, '0');
}

const NOT_ASSESSED = { assessment: 'not-assessed', reason: 'kein Verfahren eingebaut' } as const;
const AT = '2026-03-02T09:00:00.000Z';

export const PHOTO = {
  kind: 'photo',
  mediaType: 'image/png',
  sha256: hash(1),
  sizeBytes: 1000,
  quality: NOT_ASSESSED,
} as const;

function finger(seed: number) {
  return {
    kind: 'finger',
    mediaType: 'image/x-portable-graymap',
    sha256: hash(seed),
    sizeBytes: 2000,
    quality: NOT_ASSESSED,
  } as const;
}

export const HOLDER = {
  familyName: 'Mustermann',
  birthName: 'Gabler',
  givenNames: 'Erika',
  birth: { date: '1944-08-12', place: 'Berlin' },
  nationality: 'D',
  heightCm: 160,
  eyeColour: 'grün',
  address: {
    kind: 'germany',
    street: 'Heidestraße',
    houseNumber: '17',
    postalCode: '51147',
    city: 'Köln',
    ags: '09000009',
  },
} as const;

export const FEE_LINE = {
  id: 'personalausweis-from-24-2026',
  service: 'personalausweis',
  text: 'Personalausweis',
  amountCents: 4600,
  legalBasis: '§ 1 Abs. 1 PAuswGebV',
  source: { text: 'BGBl. 2026 I Nr. 31', confidence: 'page' },
  validFrom: '2026-02-07',
} as const;

export const YES = {
  outcome: 'yes',
  decidedBy: 'statute',
  ruleId: 'pa-holder-applies',
  citation: '§ 9 Abs. 1 PAuswG',
  validFrom: 'unknown',
  reason: 'Ab 16 Jahren stellt man den Antrag selbst.',
  alternatives: [],
} as const;

export const NO = { ...YES, outcome: 'no', alternatives: [{ kind: 'office', text: 'Bürgeramt' }] } as const;

/** The fields that every event has. */
export const BASE = { schemaVersion: 1, at: AT, by: ['clerk-a'] } as const;
export const SUBMISSION = '0f9cbb0e-6d2f-4f0a-8a2b-3f6f5d6f0002';

/** Every event of a visit in which a citizen of 81 years asks for a card and a Führungszeugnis, keyed by name. */
export const EVENTS = {
  requested: {
    ...BASE,
    type: 'requested',
    caseId: '0f9cbb0e-6d2f-4f0a-8a2b-3f6f5d6f0001',
    authority: { ags: '09000009', behoerdenkennzahl: 'L0GX', name: 'Stadt Musterstadt' },
    services: ['personalausweis', 'fuehrungszeugnis'],
    place: 'care-home',
    holderBorn: '1944-08-12',
  },
  eligibleCard: { ...BASE, type: 'eligibility-decided', service: 'personalausweis', answer: YES },
  eligibleCertificate: { ...BASE, type: 'eligibility-decided', service: 'fuehrungszeugnis', answer: YES },
  scheduled: { ...BASE, type: 'scheduled', start: AT, team: ['clerk-a', 'clerk-b'] },
  preloaded: {
    ...BASE,
    type: 'preloaded',
    items: [{ what: 'register-data', purpose: 'Antrag vorbereiten', expires: '2026-03-03T09:00:00.000Z' }],
  },
  selfTested: { ...BASE, type: 'self-tested', outcome: 'go', findings: [{ device: 'camera', state: 'ok' }] },
  identified: {
    ...BASE,
    type: 'identified',
    evidence: {
      method: 'old-document',
      document: 'personalausweis',
      serialNumber: 'T22000129',
      expires: '2026-08-01',
      mrz: 'td1',
      checkDigits: 'fit',
    },
  },
  capacity: { ...BASE, type: 'capacity-assessed', capacity: 'capable', applicant: { role: 'holder' } },
  register: { ...BASE, type: 'register-looked-up', result: { outcome: 'found', person: HOLDER } },
  data: { ...BASE, type: 'data-recorded', holder: HOLDER },
  photo: {
    ...BASE,
    type: 'photo-captured',
    photo: { image: PHOTO, source: 'authority-camera', attempts: 2 },
  },
  right: {
    ...BASE,
    type: 'finger-captured',
    finger: { position: 'right-index', image: finger(2), attempts: 1 },
  },
  left: {
    ...BASE,
    type: 'finger-captured',
    finger: { position: 'left-index', image: finger(3), attempts: 3 },
  },
  fingers: { ...BASE, type: 'fingers-decided', outcome: 'two', missing: [] },
  signature: {
    ...BASE,
    type: 'signature-captured',
    image: {
      kind: 'signature',
      mediaType: 'image/png',
      sha256: hash(4),
      sizeBytes: 500,
      quality: NOT_ASSESSED,
    },
  },
  informed: { ...BASE, type: 'informed', topics: ['eid', 'security'], leafletOffered: true },
  pinLetter: {
    ...BASE,
    type: 'pin-letter-handed-over',
    letter: { envelopeNumber: 'PB-000017', handedOverTo: 'holder', receiptConfirmed: true },
  },
  certificate: {
    ...BASE,
    type: 'fuehrungszeugnis-requested',
    request: { anfrageart: 'NB', verwendungszweck: 'Pflegeheim', fee: 'standard' },
    message: {
      kind: 'message',
      messageType: '0430',
      mediaType: 'application/xml',
      sha256: hash(5),
      sizeBytes: 4000,
    },
  },
  feeCard: {
    ...BASE,
    type: 'fee-charged',
    service: 'personalausweis',
    lines: [FEE_LINE],
    totalCents: 4600,
    payment: 'card',
  },
  feeCertificate: {
    ...BASE,
    type: 'fee-charged',
    service: 'fuehrungszeugnis',
    lines: [
      {
        ...FEE_LINE,
        id: 'fuehrungszeugnis',
        service: 'fuehrungszeugnis',
        text: 'Führungszeugnis',
        amountCents: 1300,
      },
    ],
    totalCents: 1300,
    payment: 'card',
  },
  form: {
    ...BASE,
    type: 'form-printed',
    form: {
      kind: 'form',
      formId: 'pa-antrag',
      mediaType: 'application/pdf',
      sha256: hash(6),
      sizeBytes: 30000,
    },
  },
  reviewed: { ...BASE, by: ['clerk-b'], type: 'reviewed', result: { verdict: 'accepted' } },
  confirmed: { ...BASE, type: 'confirmed', confirmedBy: 'holder' },
  sealed: { ...BASE, type: 'sealed', submissionId: SUBMISSION, recipient: hash(7) },
  handedOver: { ...BASE, by: [], type: 'handed-over', submissionId: SUBMISSION, answer: { result: 'ack' } },
  erased: { ...BASE, by: [], type: 'erased', cause: 'handed-over' },
} as const satisfies Readonly<Record<string, CaseEvent>>;

/** Names of {@link EVENTS} in order. */
export type EventName = keyof typeof EVENTS;

/** The events of the visit up to and including `last`, without those named. */
export function visit(last: EventName, without: readonly EventName[] = []): readonly CaseEvent[] {
  const entries = Object.entries(EVENTS);
  const end = entries.findIndex(([name]) => name === last);
  return entries
    .slice(0, end + 1)
    .filter(([name]) => !without.some((each) => each === name))
    .map(([, event]) => event);
}

/** A policy that visits care homes with two clerks and four eyes. */
export const POLICY: Policy = {
  schemaVersion: 1,
  id: 'hausbesuch-2026',
  publisher: 'Stadt Musterstadt',
  validFrom: '2026-01-01',
  services: ['personalausweis', 'fuehrungszeugnis'],
  places: ['home', 'care-home', 'hospital'],
  conditions: [],
  whoMayAct: 'as-the-law',
  needIsChecked: false,
  fourEyes: true,
  visitSurchargeCents: 0,
  office: 'Bürgeramt Musterstadt, Rathausplatz 1',
};
