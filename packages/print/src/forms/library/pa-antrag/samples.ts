import type { FormSamples } from '../../definition.js';
import { EXTREME_NAME, unbroken, widest } from '../sample-text.js';
import type { PaAntrag } from './schema.js';

/** An ordinary application in a care home. */
const FILLED: PaAntrag = {
  holder: {
    familyName: 'Mustermann',
    birthName: 'Beispiel',
    givenNames: 'Erika Maria',
    birth: { date: '1938-08-12', place: 'Berlin' },
    heightCm: 160,
    eyeColour: 'grün',
    nationalities: ['deutsch'],
    address: {
      kind: 'germany',
      street: 'Heidestraße',
      houseNumber: '17',
      addition: 'Haus Abendsonne, Zimmer 12',
      postalCode: '51147',
      city: 'Köln',
      municipalityKey: '05315000',
    },
  },
  applicant: { role: 'holder' },
  oldDocument: { kind: 'personalausweis', serialNumber: 'L01X00T47', validUntil: '2026-10-31' },
  photo: { takenBy: 'authority', check: 'not-assessed' },
  fingers: { outcome: 'two', left: 'index', right: 'index' },
  signature: { outcome: 'given' },
  identity: {
    evidence: 'Personalausweis (MRZ geprüft) und Melderegister',
    checkedBy: 'Sachbearbeitung 1',
    checkedAt: '2026-11-20T09:40:00+01:00',
  },
  pinLetter: {
    envelopeNumber: 'PB-0004711',
    receivedAt: '2026-11-20T10:05:00+01:00',
    receivedBy: 'Mustermann, Erika Maria',
  },
  information: { explained: true, leaflet: 'taken' },
  fees: [
    { service: 'Personalausweis, Antrag ab 24 Jahren', legalBasis: '§ 1 Abs. 1 PAuswGebV', cents: 4600 },
    { service: 'Lichtbild durch die Behörde', legalBasis: '§ 1 PAuswGebV', cents: 600 },
  ],
  clerks: ['Sachbearbeitung 1', 'Sachbearbeitung 2'],
  place: 'Köln',
  appliedOn: '2026-11-20',
};

const LONG_PERSON = { familyName: widest(80), givenNames: unbroken(80) };

/** Every value as long as the schema allows, everything given that can be given, and the most rows. */
const LONGEST: PaAntrag = {
  holder: {
    familyName: widest(120),
    birthName: unbroken(120),
    givenNames: widest(120),
    doctorate: unbroken(20),
    religiousOrArtistName: widest(60),
    birth: { date: '1938-08-12', place: unbroken(80) },
    heightCm: 260,
    eyeColour: unbroken(30),
    nationalities: [widest(40), widest(40), unbroken(40), widest(40)],
    address: {
      kind: 'germany',
      street: widest(80),
      houseNumber: unbroken(20),
      addition: unbroken(80),
      postalCode: '88888',
      city: widest(80),
      municipalityKey: '08888888',
    },
  },
  applicant: {
    role: 'proxy',
    persons: [
      { ...LONG_PERSON, evidence: widest(120) },
      { ...LONG_PERSON, evidence: unbroken(120) },
    ],
  },
  oldDocument: { kind: 'vorlaeufiger-personalausweis', serialNumber: unbroken(20), validUntil: '2026-12-28' },
  photo: { takenBy: 'kiosk', check: 'accepted-by-clerk' },
  fingers: { outcome: 'none', reason: 'temporary', detail: widest(160) },
  signature: { outcome: 'omitted', reason: 'unable', detail: unbroken(160) },
  identity: { evidence: widest(160), checkedBy: unbroken(60), checkedAt: '2026-11-20T09:40:00+01:00' },
  pinLetter: {
    envelopeNumber: unbroken(30),
    receivedAt: '2026-11-20T10:05:00+01:00',
    receivedBy: widest(160),
  },
  information: { explained: true, leaflet: 'declined' },
  fees: Array.from({ length: 8 }, () => ({
    service: unbroken(120),
    legalBasis: widest(80),
    cents: 9_999_999,
  })),
  clerks: [unbroken(60), widest(60)],
  place: unbroken(80),
  appliedOn: '2026-11-20',
};

/** The ordinary application with a name at the edge of the repertoire. */
const LATIN: PaAntrag = {
  ...FILLED,
  holder: {
    ...FILLED.holder,
    familyName: EXTREME_NAME,
    givenNames: EXTREME_NAME.toUpperCase().normalize('NFC'),
    birthName: 'Ằẵṩḥȟẖỳ Ŵỹ',
  },
};

/** Invented applications. */
export const PA_ANTRAG_SAMPLES: FormSamples<PaAntrag> = {
  empty: () => ({}),
  filled: () => FILLED,
  longest: () => LONGEST,
  latin: () => LATIN,
};
