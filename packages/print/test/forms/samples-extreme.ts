import type { PaAntrag, PinBrief, Quittung } from '@buergerkoffer/print/forms';
import { FILLED } from './samples.js';

/** `max` characters of the widest kind, in words as names have them. */
function widest(max: number): string {
  return 'WÜMMELWITZ-'.repeat(20).slice(0, max - 1) + 'W';
}

/** One word without a place to break, of the widest letters. */
function unbroken(max: number): string {
  return 'W'.repeat(max);
}

const LONG_PERSON = { familyName: widest(80), givenNames: unbroken(80) };

/** Every value as long as the schema allows, everything given that can be given, and the most rows. */
export const LONGEST: PaAntrag = {
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

/** Letters of String.Latin (DIN 91379) that need marks placed on letters, stroked, dotted and doubled. */
export const EXTREME_NAME =
  'J\u030c C\u0328\u0306 M\u0302 L\u0325\u0304 r\u0325\u0304 Z\u0327 h\u0331 N\u0304 s\u0300 x\u0323 ẞ Ə Ɖ ʼn Ǖ ğ ŧ Ŋ ʿ ʾ';

/** The ordinary application with a name at the edge of the repertoire. */
export const LATIN: PaAntrag = {
  ...FILLED,
  holder: {
    ...FILLED.holder,
    familyName: EXTREME_NAME,
    givenNames: EXTREME_NAME.toUpperCase().normalize('NFC'),
    birthName: 'Ằẵṩḥȟẖỳ Ŵỹ',
  },
};

export const QUITTUNG: Quittung = {
  number: '2026-000123',
  cashReference: '1234.5678.9012',
  payer: 'Mustermann, Erika Maria',
  lines: [
    { service: 'Personalausweis, Antrag ab 24 Jahren', legalBasis: '§ 1 Abs. 1 PAuswGebV', cents: 4600 },
  ],
  means: 'card',
  paidOn: '2026-11-20',
  place: 'Köln',
};

export const QUITTUNG_LONGEST: Quittung = {
  number: unbroken(40),
  cashReference: unbroken(40),
  payer: unbroken(160),
  lines: Array.from({ length: 20 }, () => ({
    service: widest(120),
    legalBasis: unbroken(80),
    cents: 9_999_999,
  })),
  means: 'waived',
  paidOn: '2026-11-20',
  place: unbroken(80),
};

export const PIN_BRIEF: PinBrief = {
  holder: { familyName: 'Mustermann', givenNames: 'Erika Maria', birthDate: '1938-08-12' },
  envelopeNumber: 'PB-0004711',
  receivedAt: '2026-11-20T10:05:00+01:00',
  receivedBy: 'Mustermann, Erika Maria',
  handedOverBy: 'Sachbearbeitung 1',
  place: 'Köln',
};

export const PIN_BRIEF_LONGEST: PinBrief = {
  holder: { familyName: unbroken(80), givenNames: unbroken(80), birthDate: '1938-08-12' },
  envelopeNumber: unbroken(30),
  receivedAt: '2026-11-20T10:05:00+01:00',
  receivedBy: unbroken(160),
  handedOverBy: unbroken(60),
  place: unbroken(80),
};
