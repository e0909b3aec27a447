import type { AuthorityConfig } from '@buergerkoffer/procedures/model';
import { POLICY } from './case-events.js';

/** A configuration as an authority writes it; the certificate is no real one. */
export const AUTHORITY: AuthorityConfig = {
  schemaVersion: 1,
  ags: '09000009',
  behoerdenkennzahl: 'L0GX',
  dvdv: { meldebehoerde: 'ags:09000009', personalausweisbehoerde: 'pab:09000009_00' },
  name: 'Stadt Musterstadt',
  letterhead: ['Stadt Musterstadt', 'Bürgeramt', 'Rathausplatz 1'],
  officeHours: [{ day: 'monday', from: '08:00', to: '16:00' }],
  policy: POLICY,
  certificates: [
    { purpose: 'sealing', pem: '-----BEGIN CERTIFICATE-----\nTUlJQg==\n-----END CERTIFICATE-----\n' },
  ],
  fachverfahren: { baseUrl: 'https://fachverfahren.example/koffer' },
  retention: { openCaseDays: 14, preloadedHours: 24 },
};
