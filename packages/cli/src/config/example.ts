import { authorityConfig } from '@buergerkoffer/example-hausbesuch';
import { testAuthority } from '@buergerkoffer/fachverfahren-xoev/double';
import { readAuthorityConfig, type AuthorityConfig } from '@buergerkoffer/procedures/model';

/** What the common name of a certificate that was made for tests begins with. */
export const TEST_NAME = 'TEST ONLY';

/**
 * A complete configuration to start from: the demo's invented municipality, with what the demo leaves out. Its
 * certificate is fresh, valid for 30 days, and for tests only: the private key is thrown away, nobody can open
 * what is sealed to it.
 */
export async function exampleConfig(): Promise<AuthorityConfig> {
  const { certificatePem } = await testAuthority();
  const config = authorityConfig(certificatePem, 'https://fachverfahren.example/');
  return readAuthorityConfig({
    ...config,
    officeHours: [
      { day: 'monday', from: '08:00', to: '16:00' },
      { day: 'thursday', from: '08:00', to: '18:00' },
    ],
    policy: {
      ...config.policy,
      whoMayAct: 'as-the-law',
      fees: { meldebescheinigungCents: 1000, legalBasis: 'Verwaltungskostensatzung (Beispiel)' },
    },
  });
}
