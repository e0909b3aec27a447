import { eligibility, STATUTE_RULES } from '@buergerkoffer/procedures';
import type { Acting, EligibilityQuestion } from '@buergerkoffer/procedures';
import {
  Capacity,
  CaseServiceId,
  EligibilityAnswer,
  Place,
  readAuthorityConfig,
} from '@buergerkoffer/procedures/model';
import type { Policy } from '@buergerkoffer/procedures/model';
import { describe, expect, it } from 'vitest';
import { POLICY } from '../support/case-events.js';

const adult: EligibilityQuestion = {
  service: 'personalausweis',
  on: '2026-03-02',
  born: '1944-08-12',
  capacity: 'capable',
  acting: { role: 'holder' },
  place: 'care-home',
  residence: 'here',
};
const bochum: Policy = {
  ...POLICY,
  services: ['personalausweis'],
  whoMayAct: 'no-third-parties',
  conditions: [
    {
      id: 'pflegegrad-or-ag',
      anyOf: [
        { kind: 'pflegegrad-at-least', value: 4 },
        { kind: 'merkzeichen', value: 'aG' },
      ],
      evidence: 'Bescheid der Pflegekasse oder Schwerbehindertenausweis',
      reason: 'Besucht werden Personen ab Pflegegrad 4 oder mit Merkzeichen aG.',
    },
  ],
};
const CUSTODIAN: Acting = { role: 'custodian' };
const BETREUER: Acting = { role: 'betreuer', aufenthaltsbestimmung: true };
const VOLLMACHT: Acting = { role: 'bevollmaechtigter', vollmacht: 'schriftlich' };
const CERTIFIED: Acting = { role: 'bevollmaechtigter', vollmacht: 'oeffentlich-beglaubigt' };

describe('the law on the identity card', () => {
  it.each([
    ['the holder at 16', { born: '2010-03-02' }, 'yes'],
    ['the holder the day before 16', { born: '2010-03-03' }, 'no'],
    ['the custodian the day before 16', { born: '2010-03-03', acting: CUSTODIAN }, 'yes'],
    ['the custodian of a youth of 17', { born: '2008-03-03', acting: CUSTODIAN }, 'yes'],
    ['the custodian on the 18th birthday', { born: '2008-03-02', acting: CUSTODIAN }, 'no'],
    ['a Betreuer of a child', { born: '2015-01-01', acting: BETREUER }, 'no'],
    ['a Betreuer of a capable adult', { acting: BETREUER }, 'no'],
    ['an incapable holder', { capacity: 'geschaeftsunfaehig' }, 'no'],
    ['a Betreuer of an incapable adult', { capacity: 'geschaeftsunfaehig', acting: BETREUER }, 'yes'],
    [
      'a Betreuer without Aufenthaltsbestimmung',
      { capacity: 'geschaeftsunfaehig', acting: { role: 'betreuer', aufenthaltsbestimmung: false } },
      'no',
    ],
    ['a Bevollmächtigter of a capable adult', { acting: CERTIFIED }, 'no'],
    [
      'a Bevollmächtigter with a certified Vollmacht',
      { capacity: 'handlungsunfaehig', acting: CERTIFIED },
      'yes',
    ],
    ['a Bevollmächtigter with a plain Vollmacht', { capacity: 'handlungsunfaehig', acting: VOLLMACHT }, 'no'],
    ['a person who is not German', { nationality: 'FRA' }, 'no'],
    ['a person of another municipality', { residence: 'elsewhere' }, 'clerk-decides'],
    [
      'a person of another municipality with Ermächtigung',
      { residence: 'elsewhere', ermaechtigung: true },
      'yes',
    ],
    ['a holder of whom only the year is known', { born: '2010' }, 'clerk-decides'],
    ['a prisoner', { place: 'prison' }, 'yes'],
  ] as const)('answers %s', (_who, more, outcome) => {
    expect(eligibility({ ...adult, ...more })).toMatchObject({ outcome, decidedBy: 'statute' });
  });

  it('reaches 16 for somebody born on 29 February on 1 March of a common year', () => {
    const born = '2012-02-29';
    expect(eligibility({ ...adult, born, on: '2028-02-28' }).outcome).toBe('no');
    expect(eligibility({ ...adult, born, on: '2028-02-29' }).outcome).toBe('yes');
    const leap = '2008-02-29';
    expect(eligibility({ ...adult, born: leap, acting: CUSTODIAN, on: '2026-02-28' }).outcome).toBe('yes');
    expect(eligibility({ ...adult, born: leap, acting: CUSTODIAN, on: '2026-03-01' }).outcome).toBe('no');
  });

  it('names the exemption to an incapable holder', () => {
    const { alternatives } = eligibility({ ...adult, capacity: 'geschaeftsunfaehig' });
    expect(alternatives.map(({ kind, citation }) => [kind, citation])).toContainEqual([
      'exemption',
      '§ 1 Abs. 3 Nr. 1 PAuswG',
    ]);
  });
});

describe('the law on the Führungszeugnis', () => {
  const certificate = { ...adult, service: 'fuehrungszeugnis' } as const;
  it.each([
    ['the holder at 14', { born: '2012-03-02' }, 'yes'],
    ['the holder the day before 14', { born: '2012-03-03' }, 'no'],
    ['the custodian at 14', { born: '2012-03-02', acting: CUSTODIAN }, 'yes'],
    ['a Bevollmächtigter', { acting: CERTIFIED }, 'no'],
    ['a Bevollmächtigter of an incapable adult', { acting: CERTIFIED, capacity: 'handlungsunfaehig' }, 'no'],
    ['an incapable holder', { capacity: 'geschaeftsunfaehig' }, 'no'],
    ['the Betreuer of an incapable adult', { capacity: 'geschaeftsunfaehig', acting: BETREUER }, 'yes'],
    ['the Betreuer of a capable adult', { acting: BETREUER }, 'clerk-decides'],
    ['a person of another municipality', { residence: 'elsewhere' }, 'no'],
    ['a person who is not German', { nationality: 'FRA' }, 'yes'],
  ] as const)('answers %s', (_who, more, outcome) => {
    expect(eligibility({ ...certificate, ...more }).outcome).toBe(outcome);
  });
});

describe('the policy', () => {
  it('decides on the visit only, never in the office', () => {
    expect(eligibility({ ...adult, pflegegrad: 2, merkzeichen: [] }, bochum)).toMatchObject({
      outcome: 'no',
      decidedBy: 'policy',
      ruleId: 'pflegegrad-or-ag',
      validFrom: '2026-01-01',
    });
    const inOffice = { ...adult, place: 'office', pflegegrad: 2, merkzeichen: [] } as const;
    expect(eligibility(inOffice, bochum)).toMatchObject({ outcome: 'yes', decidedBy: 'statute' });
  });

  it.each([
    ['a Pflegegrad of 4', { pflegegrad: 4 }, 'yes'],
    ['a Pflegegrad of 3 and aG', { pflegegrad: 3, merkzeichen: ['aG'] }, 'yes'],
    ['a Pflegegrad of 3 and an unknown Merkzeichen', { pflegegrad: 3 }, 'clerk-decides'],
    ['nothing asked', {}, 'clerk-decides'],
  ] as const)('is met by %s', (_what, more, outcome) => {
    expect(eligibility({ ...adult, ...more }, bochum).outcome).toBe(outcome);
  });

  it.each([
    ['a service that is not taken along', { service: 'fuehrungszeugnis' }, {}, 'policy-service'],
    ['a place that is not visited', { place: 'prison' }, {}, 'policy-place'],
    ['another area', { ags: '05911000' }, { area: ['09000009'] }, 'policy-area'],
    ['a Betreuer', { capacity: 'geschaeftsunfaehig', acting: BETREUER }, {}, 'policy-no-third-parties'],
  ] as const)('refuses %s and names the office', (_what, more, change, ruleId) => {
    const answer = eligibility({ ...adult, pflegegrad: 5, ...more }, { ...bochum, ...change });
    expect(answer).toMatchObject({ outcome: 'no', decidedBy: 'policy', ruleId });
    expect(answer.alternatives[0]).toEqual({ kind: 'office', text: POLICY.office });
  });

  it('lets the custodian of a child act where third parties may not', () => {
    const child = { ...adult, born: '2015-01-01', acting: CUSTODIAN, pflegegrad: 5 };
    expect(eligibility(child, bochum).outcome).toBe('yes');
  });

  it('leaves it to the clerk outside its term and where the need is checked', () => {
    const term = { ...POLICY, validTo: '2026-12-31' };
    const inForce = (on: string) => eligibility({ ...adult, on }, term).ruleId !== 'policy-not-in-force';
    const days = ['2025-12-31', '2026-01-01', '2026-12-31', '2027-01-01'];
    expect(days.map(inForce)).toEqual([false, true, true, false]);
    expect(eligibility(adult, { ...POLICY, needIsChecked: true })).toMatchObject({
      outcome: 'clerk-decides',
      ruleId: 'policy-need',
    });
  });
});

describe('a question', () => {
  it.each([
    [{ born: '2026-03-03' }, 'out-of-range'],
    [{ born: '1950-13-01' }, 'out-of-range'],
    [{ on: '2026-02-30' }, 'out-of-range'],
  ])('with %o is refused', (more, code) => {
    expect(() => eligibility({ ...adult, ...more })).toThrow(expect.objectContaining({ code }));
  });
});

describe('all combinations', () => {
  const actings: readonly Acting[] = [
    { role: 'holder' },
    CUSTODIAN,
    BETREUER,
    { role: 'betreuer', aufenthaltsbestimmung: false },
    CERTIFIED,
    { role: 'bevollmaechtigter', vollmacht: 'beurkundet' },
    VOLLMACHT,
  ];
  const days = ['2021-08-01', '2025-02-17', '2026-02-06', '2026-02-07'];
  const ages = [0, 5, 6, 9, 10, 13, 14, 15, 16, 17, 18, 23, 24, 64, 101];
  const policies = [undefined, POLICY, bochum, { ...POLICY, needIsChecked: true }];
  const seen = new Map<string, number>();

  it('are more than 100,000 and each gets an answer with citation and without dead end or contradiction', () => {
    let count = 0;
    for (const question of combinations()) {
      const law = eligibility(question);
      for (const policy of policies) {
        const answer = eligibility(question, policy);
        count += 1;
        if (!isSound(answer) || contradicts(law, answer, question)) {
          throw new Error(`${JSON.stringify(question)} → ${JSON.stringify(answer)}`);
        }
        seen.set(answer.ruleId, (seen.get(answer.ruleId) ?? 0) + 1);
      }
    }
    expect(count).toBeGreaterThan(100_000);
    expect(EligibilityAnswer.safeParse(eligibility(adult)).success).toBe(true);
  }, 60_000);

  it('reach every rule of the statute', () => {
    expect(STATUTE_RULES.map((rule) => rule.id).filter((id) => !seen.has(id))).toEqual([]);
  });

  function* combinations(): Generator<EligibilityQuestion> {
    for (const service of CaseServiceId.options) {
      for (const on of days) {
        for (const age of ages) {
          const year = Number(on.slice(0, 4)) - age;
          for (const born of [`${year}${on.slice(4)}`, `${year - 1}-12-31`, `${year}`]) {
            for (const capacity of Capacity.options) {
              for (const acting of actings) {
                for (const place of Place.options) {
                  yield {
                    service,
                    on,
                    born,
                    capacity,
                    acting,
                    place,
                    residence: 'here',
                    pflegegrad: age % 6,
                  };
                }
                for (const residence of ['elsewhere', 'abroad'] as const) {
                  const nationality = age % 2 === 0 ? 'D' : 'FRA';
                  yield { service, on, born, capacity, acting, place: 'office', residence, nationality };
                }
              }
            }
          }
        }
      }
    }
  }

  function isSound(answer: EligibilityAnswer): boolean {
    const isExplained = answer.citation !== '' && answer.reason !== '' && answer.validFrom !== '';
    return isExplained && (answer.outcome === 'yes' || answer.alternatives.length > 0);
  }

  function contradicts(
    law: EligibilityAnswer,
    answer: EligibilityAnswer,
    question: EligibilityQuestion,
  ): boolean {
    const policyWidens = law.outcome === 'no' && answer.decidedBy === 'policy';
    const policyInOffice = question.place === 'office' && answer.decidedBy === 'policy';
    const yesAfterDoubt = law.outcome === 'clerk-decides' && answer.outcome === 'yes';
    return policyWidens || policyInOffice || yesAfterDoubt;
  }
});

it('a policy is read as part of a configuration only', () => {
  expect(() => readAuthorityConfig(POLICY)).toThrow(expect.objectContaining({ kind: 'input' }));
});
