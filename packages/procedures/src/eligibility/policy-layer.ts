import type { Alternative, EligibilityAnswer, Policy, PolicyCondition, PolicyFact } from '../model/index.js';
import { exemptionFor } from './alternatives.js';
import type { Facts } from './statute-rule.js';

/**
 * What the municipality's policy says to a visit, or `undefined` when it narrows nothing.
 * It is asked for places outside the office only: in the office the law alone decides.
 */
export function askPolicy(facts: Facts, policy: Policy): EligibilityAnswer | undefined {
  if (facts.place === 'office') return undefined;
  return (
    inForce(facts, policy) ??
    offered(facts, policy) ??
    acting(facts, policy) ??
    conditions(facts, policy) ??
    (policy.needIsChecked
      ? answer(facts, policy, 'policy-need', 'clerk-decides', 'Das Team prüft den Bedarf nach der Buchung.')
      : undefined)
  );
}

function inForce(facts: Facts, policy: Policy): EligibilityAnswer | undefined {
  if (policy.validFrom <= facts.on && (policy.validTo === undefined || facts.on <= policy.validTo))
    return undefined;
  const reason = 'Für diesen Tag gibt es keine Regelung der Gemeinde zu Hausbesuchen.';
  return answer(facts, policy, 'policy-not-in-force', 'clerk-decides', reason);
}

function offered(facts: Facts, policy: Policy): EligibilityAnswer | undefined {
  if (!policy.services.includes(facts.service)) {
    return answer(
      facts,
      policy,
      'policy-service',
      'no',
      'Diese Leistung wird bei Hausbesuchen nicht angeboten.',
    );
  }
  if (!policy.places.includes(facts.place)) {
    return answer(facts, policy, 'policy-place', 'no', 'An diesem Ort werden keine Hausbesuche gemacht.');
  }
  if (facts.ags !== undefined && policy.area?.includes(facts.ags) === false) {
    return answer(facts, policy, 'policy-area', 'no', 'Der Ort liegt nicht im Gebiet der Hausbesuche.');
  }
  return undefined;
}

function acting(facts: Facts, policy: Policy): EligibilityAnswer | undefined {
  const { role } = facts.acting;
  const isThirdParty = role === 'betreuer' || role === 'bevollmaechtigter';
  if (policy.whoMayAct === 'as-the-law' || !isThirdParty) return undefined;
  const reason =
    'Bei Hausbesuchen nimmt die Gemeinde Anträge nicht von Betreuern und Bevollmächtigten entgegen.';
  return answer(facts, policy, 'policy-no-third-parties', 'no', reason);
}

function conditions(facts: Facts, policy: Policy): EligibilityAnswer | undefined {
  const judged = policy.conditions.map((condition) => ({ condition, met: isMet(condition, facts) }));
  const failed = judged.find(({ met }) => met === 'no') ?? judged.find(({ met }) => met === 'not-asked');
  if (failed === undefined || failed.met === 'yes') return undefined;
  const { id, reason, evidence } = failed.condition;
  return failed.met === 'no'
    ? answer(facts, policy, id, 'no', reason)
    : answer(facts, policy, id, 'clerk-decides', `Zu prüfen, Nachweis: ${evidence}.`);
}

type Met = 'yes' | 'no' | 'not-asked';

function isMet(condition: PolicyCondition, facts: Facts): Met {
  const met = condition.anyOf.map((fact) => holds(fact, facts));
  if (met.includes('yes')) return 'yes';
  return met.includes('not-asked') ? 'not-asked' : 'no';
}

function holds(fact: PolicyFact, facts: Facts): Met {
  switch (fact.kind) {
    case 'pflegegrad-at-least':
      if (facts.pflegegrad === undefined) return 'not-asked';
      return facts.pflegegrad >= fact.value ? 'yes' : 'no';
    case 'merkzeichen':
      if (facts.merkzeichen === undefined) return 'not-asked';
      return facts.merkzeichen.includes(fact.value) ? 'yes' : 'no';
    case 'place':
      return facts.place === fact.value ? 'yes' : 'no';
    default:
      return fact satisfies never;
  }
}

function answer(
  facts: Facts,
  policy: Policy,
  ruleId: string,
  outcome: EligibilityAnswer['outcome'],
  reason: string,
): EligibilityAnswer {
  const office: Alternative = { kind: 'office', text: policy.office };
  const others = policy.services.filter((service) => service !== facts.service);
  const otherService: readonly Alternative[] =
    ruleId === 'policy-service' && others.length > 0
      ? [
          {
            kind: 'other-service',
            text: `Bei Hausbesuchen angeboten: ${others.map(serviceName).join(', ')}.`,
          },
        ]
      : [];
  const exemption = exemptionFor(facts);
  return {
    outcome,
    decidedBy: 'policy',
    ruleId,
    citation: `${policy.publisher}: ${policy.id}`,
    validFrom: policy.validFrom,
    reason,
    alternatives: [office, ...otherService, ...(exemption === undefined ? [] : [exemption])],
  };
}

function serviceName(service: Policy['services'][number]): string {
  switch (service) {
    case 'personalausweis':
      return 'Personalausweis';
    case 'fuehrungszeugnis':
      return 'Führungszeugnis';
    default:
      return service satisfies never;
  }
}
