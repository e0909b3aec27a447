import type { Letterhead, PaAntrag } from '@buergerkoffer/print/forms';

/** The fictional authority of all tests. */
export const LETTERHEAD: Letterhead = {
  authority: 'Stadt Musterstadt',
  unit: 'Bürgeramt · Mobiler Bürgerservice',
  lines: ['Rathausplatz 1', '12345 Musterstadt', 'Telefon 01234 567-0', 'buergeramt@musterstadt.example'],
  dataProtection: 'datenschutz@musterstadt.example',
};

/** An ordinary application in a care home. */
export const FILLED: PaAntrag = {
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
