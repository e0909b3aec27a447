import type { AuthorityConfig } from '@buergerkoffer/procedures/model';
import { readAuthorityConfig } from '@buergerkoffer/procedures/model';

/** Clerks of the demo, by the identities that their authority gave them. */
export const CLERKS = ['clerk-1', 'clerk-2'] as const;

/** The one file that configures the invented authority of the demo (AGS and certificate are for tests). */
export function authorityConfig(certificatePem: string, baseUrl: string): AuthorityConfig {
  return readAuthorityConfig({
    schemaVersion: 1,
    ags: '09000009',
    behoerdenkennzahl: 'T220',
    name: 'Stadt Musterstadt, Bürgeramt',
    dvdv: { meldebehoerde: 'ags:09000009', personalausweisbehoerde: 'pab:09000009_00' },
    letterhead: ['Stadt Musterstadt', 'Bürgeramt', 'Rathausplatz 1', '09999 Musterstadt'],
    policy: {
      schemaVersion: 1,
      id: 'musterstadt-hausbesuche',
      publisher: 'Stadt Musterstadt',
      validFrom: '2026-01-01',
      services: ['personalausweis', 'fuehrungszeugnis'],
      places: ['home', 'care-home', 'hospital', 'prison'],
      conditions: [
        {
          id: 'nicht-mobil',
          anyOf: [
            { kind: 'pflegegrad-at-least', value: 4 },
            { kind: 'merkzeichen', value: 'aG' },
            { kind: 'place', value: 'care-home' },
          ],
          evidence: 'Bescheid der Pflegekasse, Schwerbehindertenausweis oder Bestätigung der Einrichtung',
          reason: 'Wir besuchen Menschen, die das Bürgeramt auf Dauer nicht aufsuchen können.',
        },
      ],
      whoMayAct: 'no-third-parties',
      needIsChecked: true,
      fourEyes: true,
      visitSurchargeCents: 0,
      office: 'Im Bürgeramt am Rathausplatz 1, mit Termin, ohne besondere Voraussetzung.',
    },
    certificates: [{ purpose: 'sealing', pem: certificatePem }],
    fachverfahren: { baseUrl },
    retention: { openCaseDays: 7, preloadedHours: 24 },
  });
}
