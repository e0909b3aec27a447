import type { LocalDate } from '@buergerkoffer/formats';
import type { Policy, ServiceId } from '../model/index.js';
import type { FeeQuestion, LocalFee } from './fee-question.js';

/**
 * What a municipality's policy says about the fee of a service on a day, as part of a question to `feeFor`: the fee
 * that Land or municipality set, and at a visit its surcharge. Nothing outside the policy's own days.
 */
export function policyFees(
  policy: Policy,
  service: string,
  on: LocalDate,
  options: { readonly visit: boolean },
): Pick<FeeQuestion, 'localFee' | 'policySurcharge'> {
  if (on < policy.validFrom || (policy.validTo !== undefined && policy.validTo < on)) return {};
  const amountCents = localCents(policy, service);
  const legalBasis = policy.fees?.legalBasis ?? `Festlegung: ${policy.publisher}`;
  const fee = (cents: number): LocalFee => ({ amountCents: cents, legalBasis });
  return {
    ...(amountCents === undefined ? {} : { localFee: fee(amountCents) }),
    ...(options.visit ? { policySurcharge: fee(policy.visitSurchargeCents) } : {}),
  };
}

function localCents({ fees }: Policy, service: string): number | undefined {
  const cents: Partial<Record<ServiceId, number | undefined>> = {
    meldebescheinigung: fees?.meldebescheinigungCents,
    lebensbescheinigung: fees?.lebensbescheinigungCents,
    beglaubigung: fees?.beglaubigungCents,
  };
  return Object.entries(cents).find(([each]) => each === service)?.[1];
}
