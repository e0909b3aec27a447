/** Invented people, places and cases that the samples of all forms share. */
export const ERIKA = { familyName: 'Mustermann', givenNames: 'Erika Maria' } as const;

export const MAX = { familyName: 'Muster', givenNames: 'Max' } as const;

export const CHILD = { familyName: 'Muster', givenNames: 'Mia Sophie' } as const;

export const HEIDESTRASSE = {
  street: 'Heidestraße',
  houseNumber: '17',
  addition: 'Haus Abendsonne, Zimmer 12',
  postalCode: '51147',
  city: 'Köln',
} as const;

export const RINGSTRASSE = {
  street: 'Ringstraße',
  houseNumber: '4a',
  postalCode: '12345',
  city: 'Musterstadt',
} as const;

/** The day of all samples, with the places of that day in German legal time. */
export const DAY = '2026-11-20';
export const MORNING = '2026-11-20T09:40:00+01:00';
export const LATER = '2026-11-20T10:05:00+01:00';

export const CLERK = 'Sachbearbeitung 1';
