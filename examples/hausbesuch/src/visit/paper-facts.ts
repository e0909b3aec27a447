import type { CaseState } from '@buergerkoffer/procedures';
import type { FeeLine } from '@buergerkoffer/procedures/model';

/** A fee line in the words of the forms. */
export function feeLineOf(line: FeeLine) {
  if (line.amountCents === 'unknown') throw new Error('a charged fee is known');
  return { service: line.text, legalBasis: line.legalBasis.slice(0, 80), cents: line.amountCents };
}

/** What the papers cannot do without; the order of the steps has it by then. */
export function required(state: CaseState) {
  const { holder, pinLetter, photo } = state;
  if (
    holder === undefined ||
    pinLetter === undefined ||
    photo === undefined ||
    state.identity.state !== 'established'
  ) {
    throw new Error('the papers come after data, photo, identity and PIN letter');
  }
  return { holder, pinLetter, photo, identity: state.identity };
}
