import { InputError } from '@buergerkoffer/formats';
import { readBirthDate } from '../birth-date.js';
import { dayOfLaw } from '../day-of-law.js';
import { hasReached } from '../model/index.js';
import type { EligibilityAnswer, Policy } from '../model/index.js';
import { exemptionFor } from './alternatives.js';
import { FUEHRUNGSZEUGNIS_RULES } from './fuehrungszeugnis-rules.js';
import { PERSONALAUSWEIS_RULES } from './personalausweis-rules.js';
import { askPolicy } from './policy-layer.js';
import type { EligibilityQuestion } from './question.js';
import type { Facts, StatuteRule } from './statute-rule.js';

/** All rules of the statutory layer, per service in the order in which they are asked. */
export const STATUTE_RULES: readonly StatuteRule[] = [...PERSONALAUSWEIS_RULES, ...FUEHRUNGSZEUGNIS_RULES];

/**
 * Whether somebody may have a service here, now, through this applicant, and which layer decided: the law first; where
 * it does not refuse, the policy may narrow the visit. A refusal always names an alternative.
 * InputError with `path` for an impossible day or birth date.
 */
export function eligibility(question: EligibilityQuestion, policy?: Policy): EligibilityAnswer {
  const facts = factsOf(question);
  const law = askStatute(facts);
  if (law.outcome === 'no' || policy === undefined) return law;
  const narrowed = askPolicy(facts, policy);
  if (narrowed === undefined) return law;
  return law.outcome === 'clerk-decides' && narrowed.outcome === 'clerk-decides' ? law : narrowed;
}

function factsOf(question: EligibilityQuestion): Facts {
  const on = dayOfLaw(question.on);
  const born = readBirthDate(question.born, on);
  const reached = (years: number) => hasReached(born, years, on);
  return {
    ...question,
    on,
    age: { reached14: reached(14), reached16: reached(16), reached18: reached(18) },
  };
}

function askStatute(facts: Facts): EligibilityAnswer {
  const rule = STATUTE_RULES.find((each) => each.service === facts.service && each.applies(facts));
  if (rule === undefined) {
    throw new InputError('unsupported', 'no rules for this service', { path: 'service' });
  }
  const exemption = rule.outcome === 'yes' || rule.id === 'pa-germans-only' ? undefined : exemptionFor(facts);
  return {
    outcome: rule.outcome,
    decidedBy: 'statute',
    ruleId: rule.id,
    citation: rule.citation,
    validFrom: rule.validFrom,
    ...(rule.textOf === undefined ? {} : { textOf: rule.textOf }),
    reason: rule.reason,
    alternatives: exemption === undefined ? rule.alternatives : [...rule.alternatives, exemption],
  };
}
