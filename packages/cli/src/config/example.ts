import { testAuthority } from '@buergerkoffer/fachverfahren-xoev/double';
import { readAuthorityConfig, type AuthorityConfig } from '@buergerkoffer/procedures/model';

/** What the common name of a certificate that was made for tests begins with. */
export const TEST_NAME = 'TEST ONLY';

/**
 * A complete configuration to start from, of an invented municipality. Its certificate is fresh, valid for
 * 30 days, and for tests only: the private key is thrown away, nobody can open what is sealed to it.
 */
export async function exampleConfig(): Promise<AuthorityConfig> {
  const { certificatePem } = await testAuthority();
  return readAuthorityConfig({
    schemaVersion: 1,
    ags: '09000009',
    behoerdenkennzahl: 'T220',
    name: 'Stadt Musterstadt, Bürgeramt',
    dvdv: { meldebehoerde: 'ags:09000009', personalausweisbehoerde: 'pab:09000009_00' },
    letterhead: ['Stadt Musterstadt', 'Bürgeramt', 'Rathausplatz 1', '09999 Musterstadt'],
    officeHours: [
      { day: 'monday', from: '08:00', to: '16:00' },
      { day: 'thursday', from: '08:00', to: '18:00' },
    ],
    policy: {
      schemaVersion: 1,
      id: 'musterstadt-hausbesuche',
      publisher: 'Stadt Musterstadt',
      validFrom: '2026-01-01',
      services: ['personalausweis', 'fuehrungszeugnis'],
      places: ['home', 'care-home', 'hospital'],
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
      whoMayAct: 'as-the-law',
      needIsChecked: true,
      fourEyes: true,
      visitSurchargeCents: 0,
      fees: { meldebescheinigungCents: 1000, legalBasis: 'Verwaltungskostensatzung (Beispiel)' },
      office: 'Im Bürgeramt am Rathausplatz 1, mit Termin, ohne besondere Voraussetzung.',
    },
    certificates: [{ purpose: 'sealing', pem: certificatePem }],
    fachverfahren: { baseUrl: 'https://fachverfahren.example/' },
    retention: { openCaseDays: 7, preloadedHours: 24 },
  });
}
