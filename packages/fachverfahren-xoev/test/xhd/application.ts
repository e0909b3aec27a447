import { readDocumentApplication } from '@buergerkoffer/procedures/model';
import type { DocumentApplication } from '@buergerkoffer/procedures/model';

const NOT_ASSESSED = { assessment: 'not-assessed', reason: 'kein Verfahren eingebaut' };
const hash = (seed: number): string => seed.toString(16).padStart(64, '0');
const image = (kind: string, seed: number) => ({
  kind,
  mediaType: 'image/png',
  sha256: hash(seed),
  sizeBytes: 1000,
  quality: NOT_ASSESSED,
});

/** The application of an invented person, with what differs of the holder. */
export function application(holder: Readonly<Record<string, unknown>> = {}): DocumentApplication {
  return readDocumentApplication({
    schemaVersion: 1,
    caseId: '0f9cbb0e-6d2f-4f0a-8a2b-3f6f5d6f0001',
    authority: { ags: '09000009', behoerdenkennzahl: 'L0GX', name: 'Stadt Musterstadt' },
    appliedOn: '2026-03-02',
    document: { kind: 'personalausweis', validFrom: '2026-03-02', validTo: '2036-03-01', eid: 'on' },
    holder: {
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
        ags: '05315000',
      },
      geschlecht: 'w',
      ...holder,
    },
    applicant: { role: 'holder' },
    capacity: 'capable',
    identity: { method: 'register', remark: 'Registerauszug' },
    photo: { image: image('photo', 1), source: 'authority-camera', attempts: 1 },
    fingers: {
      outcome: 'two',
      captured: [
        { position: 'right-index', image: image('finger', 2), attempts: 1 },
        { position: 'left-index', image: image('finger', 3), attempts: 1 },
      ],
      missing: [],
    },
    signature: { outcome: 'captured', image: image('signature', 4) },
    qualityLog: [],
    fees: { lines: [], totalCents: 0 },
    pinLetter: { envelopeNumber: 'PB-000017', handedOverTo: 'holder', receiptConfirmed: true },
    attachments: [],
    timestamps: {
      requestedAt: '2026-03-02T09:00:00.000Z',
      identifiedAt: '2026-03-02T09:05:00.000Z',
      confirmedAt: '2026-03-02T09:30:00.000Z',
      pinLetterHandedOverAt: '2026-03-02T09:20:00.000Z',
    },
    clerks: ['clerk-a'],
  });
}
