import { BY_HOLDER, BY_REPRESENTATIVE } from './alternatives.js';
import { READ_2022 } from './statute-rule.js';
import type { Facts, StatuteRule } from './statute-rule.js';

const FUEHRUNGSZEUGNIS = { service: 'fuehrungszeugnis', ...READ_2022 } as const;
const isIncapable = (facts: Facts) => facts.capacity !== 'capable';

/** Who may apply for a Führungszeugnis; the first rule that applies answers, the last ones say yes. */
export const FUEHRUNGSZEUGNIS_RULES: readonly StatuteRule[] = [
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-other-authority',
    citation: '§ 30 Abs. 2, 3 BZRG',
    outcome: 'no',
    applies: ({ residence }) => residence !== 'here',
    reason:
      'Der Antrag wird bei der Meldebehörde am Wohnort gestellt, aus dem Ausland unmittelbar beim Bundesamt für Justiz.',
    alternatives: [
      {
        kind: 'office',
        text: 'Die Meldebehörde am Wohnort nimmt den Antrag entgegen.',
        citation: '§ 30 Abs. 2 BZRG',
      },
      {
        kind: 'other-service',
        text: 'Mit Online-Ausweis geht der Antrag unmittelbar an das Bundesamt für Justiz.',
        citation: '§ 30c BZRG',
      },
    ],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-from-14',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'no',
    applies: ({ age }) => age.reached14 === 'no',
    reason: 'Ein Führungszeugnis wird erst ab 14 Jahren erteilt.',
    alternatives: [
      { kind: 'later', text: 'Ab dem 14. Geburtstag ist der Antrag möglich.', citation: '§ 30 Abs. 1 BZRG' },
    ],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-age-14-unclear',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'clerk-decides',
    applies: ({ age }) => age.reached14 === 'unknown',
    reason: 'Nach dem Geburtsdatum ist offen, ob die Person schon 14 Jahre alt ist.',
    alternatives: [
      { kind: 'later', text: 'Ab dem 14. Geburtstag ist der Antrag möglich.', citation: '§ 30 Abs. 1 BZRG' },
    ],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-no-vollmacht',
    citation: '§ 30 Abs. 2 BZRG',
    outcome: 'no',
    applies: ({ acting }) => acting.role === 'bevollmaechtigter',
    reason: 'Bevollmächtigte können ein Führungszeugnis nicht beantragen.',
    alternatives: [BY_HOLDER, BY_REPRESENTATIVE],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-holder-incapable',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'no',
    applies: (facts) => isIncapable(facts) && facts.acting.role === 'holder',
    reason: 'Für geschäftsunfähige Personen ist nur die gesetzliche Vertretung antragsberechtigt.',
    alternatives: [BY_REPRESENTATIVE],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-age-18-unclear',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'clerk-decides',
    applies: ({ age, acting }) => age.reached18 === 'unknown' && acting.role === 'custodian',
    reason: 'Nach dem Geburtsdatum ist offen, ob die Person schon volljährig ist.',
    alternatives: [BY_HOLDER],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-adult-has-no-custodian',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'no',
    applies: ({ age, acting }) => age.reached18 === 'yes' && acting.role === 'custodian',
    reason: 'Für Volljährige gibt es keine Sorgeberechtigten mehr.',
    alternatives: [BY_HOLDER, BY_REPRESENTATIVE],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-minor-has-custodian',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'clerk-decides',
    applies: ({ age, acting }) => age.reached18 !== 'yes' && acting.role === 'betreuer',
    reason: 'Minderjährige vertreten ihre Sorgeberechtigten; ob eine Betreuung besteht, ist zu prüfen.',
    alternatives: [BY_HOLDER, BY_REPRESENTATIVE],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-betreuer-of-capable',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'clerk-decides',
    applies: (facts) => !isIncapable(facts) && facts.acting.role === 'betreuer',
    reason: 'Ob der Aufgabenkreis der Betreuung den Antrag umfasst, ist zu prüfen.',
    alternatives: [BY_HOLDER],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-representative-applies',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'yes',
    applies: ({ acting }) => acting.role !== 'holder',
    reason: 'Die gesetzliche Vertretung ist antragsberechtigt.',
    alternatives: [],
  },
  {
    ...FUEHRUNGSZEUGNIS,
    id: 'fz-holder-applies',
    citation: '§ 30 Abs. 1 BZRG',
    outcome: 'yes',
    applies: () => true,
    reason: 'Ab 14 Jahren beantragt man das Führungszeugnis selbst.',
    alternatives: [],
  },
];
