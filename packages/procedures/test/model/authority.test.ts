import { readAuthorityConfig } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';
import { AUTHORITY } from '../support/authority.js';
import { edit } from '../support/edit.js';
import { refusalOf } from '../support/refusal-of.js';

describe('the configuration of an authority', () => {
  it('is read from its own JSON', () => {
    expect(readAuthorityConfig(JSON.stringify(AUTHORITY))).toEqual(AUTHORITY);
  });

  it.each([
    ['ags', '9000009', 'malformed', 'ags'],
    ['behoerdenkennzahl', '10GX', 'malformed', 'behoerdenkennzahl'],
    ['behoerdenkennzahl', 'LIGX', 'malformed', 'behoerdenkennzahl'],
    ['dvdv.meldebehoerde', 'ags:05911000', 'not-allowed', 'dvdv.meldebehoerde'],
    ['dvdv.meldebehoerde', 'pab:09000009', 'malformed', 'dvdv.meldebehoerde'],
    ['letterhead', [], 'out-of-range', 'letterhead'],
    ['officeHours[0].to', '07:00', 'not-allowed', 'officeHours[0].to'],
    ['certificates[0].pem', 'MIIB', 'malformed', 'certificates[0].pem'],
    ['certificates[0].purpose', 'audit', 'missing', 'certificates'],
    ['fachverfahren.baseUrl', 'http://fachverfahren.example', 'not-allowed', 'fachverfahren.baseUrl'],
    ['fachverfahren.baseUrl', 'https://user:geheim@host.example', 'not-allowed', 'fachverfahren.baseUrl'],
    ['policy.validTo', '2025-12-31', 'not-allowed', 'policy.validTo'],
    ['policy.services', ['reisepass'], 'not-allowed', 'policy.services[0]'],
    ['policy.office', undefined, 'missing', 'policy.office'],
    ['retention.openCaseDays', 0, 'out-of-range', 'retention.openCaseDays'],
    ['retention', undefined, 'missing', 'retention'],
  ])('with %s = %j is refused at the field', (at, value, code, path) => {
    const refusal = refusalOf(() => readAuthorityConfig(edit(AUTHORITY, at, value)));
    expect({ code: refusal.code, path: refusal.path }).toEqual({ code, path });
  });

  it('names a field that it does not know', () => {
    const refusal = refusalOf(() => readAuthorityConfig({ ...AUTHORITY, letterHead: [] }));
    expect(refusal.message).toContain('letterHead');
  });

  it('may name a Fachverfahren on the own machine without TLS', () => {
    for (const host of ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']) {
      const config = edit(AUTHORITY, 'fachverfahren.baseUrl', `http://${host}/`);
      expect(readAuthorityConfig(config).fachverfahren.baseUrl).toContain(host);
    }
  });
});
