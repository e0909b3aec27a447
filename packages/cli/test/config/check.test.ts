import { testAuthority } from '@buergerkoffer/fachverfahren-xoev/double';
import { InputError } from '@buergerkoffer/formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.js';
import { exampleConfig } from '../../src/config/example.js';

const DAY_MS = 86_400_000;
type Config = Awaited<ReturnType<typeof exampleConfig>>;
let config: Config;
const now = new Date();

beforeAll(async () => {
  config = await exampleConfig();
});

function codesOf(changed: Config, at: Date = now): readonly string[] {
  return checkConfig(JSON.stringify(changed), at).warnings.map(({ code }) => code);
}

describe('checking a configuration', () => {
  it('warns in the last weeks of a certificate', () => {
    expect(codesOf(config)).not.toContain('certificate-expires-soon');
    expect(codesOf(config, new Date(now.getTime() + 3 * DAY_MS))).toContain('certificate-expires-soon');
  });

  it.each([31, -1])('refuses a certificate to which nothing can be sealed, %i days from now', (days) => {
    const at = new Date(now.getTime() + days * DAY_MS);
    expect(() => checkConfig(JSON.stringify(config), at)).toThrow(
      expect.objectContaining({ code: 'out-of-range', path: 'certificates[0].pem' }),
    );
  });

  it('warns of an audit certificate that has ended', async () => {
    const { certificatePem } = await testAuthority(new Date(now.getTime() - 60 * DAY_MS));
    const audit = { purpose: 'audit', pem: certificatePem } as const;
    expect(codesOf({ ...config, certificates: [...config.certificates, audit] })).toContain(
      'certificate-expired',
    );
  });

  it('refuses what is PEM but no certificate', () => {
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    const changed = { ...config, certificates: [{ purpose: 'sealing', pem }] };
    expect(() => checkConfig(JSON.stringify(changed), now)).toThrow(InputError);
  });

  it('warns of an address without TLS', () => {
    const fachverfahren = { baseUrl: 'http://127.0.0.1:8080/' };
    expect(codesOf({ ...config, fachverfahren })).toContain('address-without-tls');
  });

  it('warns of a policy that is not in force', () => {
    const { policy } = config;
    expect(codesOf({ ...config, policy: { ...policy, validTo: '2026-01-31' } })).toContain('policy-ended');
    expect(codesOf({ ...config, policy: { ...policy, validFrom: '2199-01-01' } })).toContain(
      'policy-not-yet-valid',
    );
  });
});
