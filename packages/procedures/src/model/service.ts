import { z } from 'zod';

/** Services for which rules, fees or messages are known. */
export const ServiceId = z.enum([
  'personalausweis',
  'vorlaeufiger-personalausweis',
  'ersatz-personalausweis',
  'eid-karte',
  'reisepass',
  'vorlaeufiger-reisepass',
  'fuehrungszeugnis',
  'adressaenderung',
  'passaenderung',
  'pass-wohnortaenderung',
  'pin-setzen',
  'eid-einschalten',
  'meldebestaetigung',
  'meldebescheinigung',
  'meldebescheinigung-elektronisch',
  'lebensbescheinigung',
  'beglaubigung',
]);
/** A service for which rules, fees or messages are known. */
export type ServiceId = z.output<typeof ServiceId>;

/** Services that a case can carry: the first is the reason of the visit, the second may ride along. */
export const CaseServiceId = z.enum(['personalausweis', 'fuehrungszeugnis']);
/** A service that a case can carry. */
export type CaseServiceId = z.output<typeof CaseServiceId>;

/** Where the person is met. */
export const Place = z.enum(['office', 'home', 'care-home', 'hospital', 'prison', 'shelter']);
/** Where the person is met. */
export type Place = z.output<typeof Place>;
