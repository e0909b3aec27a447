import { parseLocalDate } from '@buergerkoffer/formats';
import { feeFor, policyFees } from '@buergerkoffer/procedures';
import type { Policy } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';
import { POLICY } from '../support/case-events.js';

const policy: Policy = {
  ...POLICY,
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  visitSurchargeCents: 500,
  fees: { meldebescheinigungCents: 1000, beglaubigungCents: 350, legalBasis: 'Gebührensatzung der Stadt' },
};
const on = parseLocalDate('2026-03-02');
const totalOf = (service: string, day = on, visit = false) =>
  feeFor({ service, on: day, ...policyFees(policy, service, day, { visit }) }).totalCents;

describe('the fees of a policy', () => {
  it('are those that Land and municipality set, by the basis that the policy names', () => {
    expect(totalOf('meldebescheinigung')).toBe(1000);
    expect(totalOf('beglaubigung')).toBe(350);
    expect(policyFees(policy, 'beglaubigung', on, { visit: false })).toEqual({
      localFee: { amountCents: 350, legalBasis: 'Gebührensatzung der Stadt' },
    });
  });

  it('stay unknown where the policy names none', () => {
    expect(totalOf('lebensbescheinigung')).toBe('unknown');
  });

  it('hold on the days of the policy only', () => {
    expect(totalOf('beglaubigung', parseLocalDate('2025-12-31'))).toBe('unknown');
    expect(totalOf('beglaubigung', parseLocalDate('2027-01-01'))).toBe('unknown');
  });

  it('add the surcharge at a visit, not in the office', () => {
    expect(totalOf('fuehrungszeugnis', on, true)).toBe(1800);
    expect(totalOf('fuehrungszeugnis', on, false)).toBe(1300);
  });
});
