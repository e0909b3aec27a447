import {
  BY_BETREUER,
  BY_CERTIFIED_VOLLMACHT,
  BY_CUSTODIAN,
  BY_HOLDER,
  OFFICE_OF_DWELLING,
} from './alternatives.js';
import { READ_2022 } from './statute-rule.js';
import type { Facts, StatuteRule } from './statute-rule.js';

const isChild = (facts: Facts) => facts.age.reached16 === 'no';
const isYouth = (facts: Facts) => facts.age.reached16 === 'yes' && facts.age.reached18 === 'no';
const isIncapable = (facts: Facts) => facts.capacity !== 'capable';
const PERSONALAUSWEIS = { service: 'personalausweis', ...READ_2022 } as const;

/** Who may have and apply for an identity card; the first rule that applies answers, the last ones say yes. */
export const PERSONALAUSWEIS_RULES: readonly StatuteRule[] = [
  {
    ...PERSONALAUSWEIS,
    id: 'pa-germans-only',
    citation: '§ 1 Abs. 1 PAuswG',
    outcome: 'no',
    applies: (facts) => (facts.nationality ?? 'D') !== 'D',
    reason: 'Einen Personalausweis erhalten nur Deutsche im Sinne des Grundgesetzes.',
    alternatives: [
      {
        kind: 'other-service',
        text: 'Bürgerinnen und Bürger der Europäischen Union können eine eID-Karte beantragen, alle anderen wenden sich an die Ausländerbehörde.',
      },
    ],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-other-authority',
    citation: '§ 8 Abs. 1, 4 PAuswG',
    outcome: 'clerk-decides',
    applies: (facts) => facts.residence !== 'here' && facts.ermaechtigung !== true,
    reason:
      'Diese Behörde darf nur aus wichtigem Grund und mit Ermächtigung der zuständigen Behörde tätig werden.',
    alternatives: [
      OFFICE_OF_DWELLING,
      { kind: 'office', text: 'Wer im Ausland wohnt, wendet sich an die deutsche Auslandsvertretung.' },
    ],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-age-16-unclear',
    citation: '§ 9 Abs. 1, 2 PAuswG',
    outcome: 'clerk-decides',
    applies: ({ age, acting }) => age.reached16 === 'unknown' && acting.role !== 'custodian',
    reason: 'Nach dem Geburtsdatum ist offen, ob die Person schon 16 Jahre alt ist und selbst handeln darf.',
    alternatives: [BY_CUSTODIAN],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-under-16-custodian',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'no',
    applies: (facts) => isChild(facts) && facts.acting.role !== 'custodian',
    reason: 'Für Personen unter 16 Jahren stellen nur die Sorgeberechtigten den Antrag.',
    alternatives: [BY_CUSTODIAN],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-age-18-unclear',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'clerk-decides',
    applies: ({ age, acting }) => age.reached18 === 'unknown' && acting.role === 'custodian',
    reason: 'Nach dem Geburtsdatum ist offen, ob die Person schon volljährig ist.',
    alternatives: [BY_HOLDER],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-adult-has-no-custodian',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'no',
    applies: ({ age, acting }) => age.reached18 === 'yes' && acting.role === 'custodian',
    reason: 'Für Volljährige gibt es keine Sorgeberechtigten mehr.',
    alternatives: [BY_HOLDER, BY_BETREUER],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-youth-incapable',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'no',
    applies: (facts) => isYouth(facts) && isIncapable(facts) && facts.acting.role !== 'custodian',
    reason: 'Für geschäftsunfähige Minderjährige stellen die Sorgeberechtigten den Antrag.',
    alternatives: [BY_CUSTODIAN],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-holder-incapable',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'no',
    applies: (facts) => isIncapable(facts) && facts.acting.role === 'holder',
    reason: 'Wer geschäftsunfähig ist, kann den Antrag nicht selbst stellen.',
    alternatives: [BY_BETREUER, BY_CERTIFIED_VOLLMACHT],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-capable-not-represented',
    citation: '§ 9 Abs. 1 PAuswG',
    outcome: 'no',
    applies: (facts) =>
      !isIncapable(facts) && (facts.acting.role === 'betreuer' || facts.acting.role === 'bevollmaechtigter'),
    reason: 'Wer selbst handeln kann, kann sich beim Antrag nicht vertreten lassen.',
    alternatives: [BY_HOLDER],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-betreuer-needs-aufenthaltsbestimmung',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'no',
    applies: ({ acting }) => acting.role === 'betreuer' && !acting.aufenthaltsbestimmung,
    reason: 'Die Betreuung muss die Aufenthaltsbestimmung umfassen.',
    alternatives: [BY_BETREUER, BY_CERTIFIED_VOLLMACHT],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-vollmacht-must-be-certified',
    citation: '§ 9 Abs. 1 PAuswG',
    outcome: 'no',
    applies: ({ acting }) => acting.role === 'bevollmaechtigter' && acting.vollmacht === 'schriftlich',
    reason: 'Eine einfache schriftliche Vollmacht reicht für den Antrag nicht aus.',
    alternatives: [BY_CERTIFIED_VOLLMACHT, BY_BETREUER],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-custodian-applies',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'yes',
    applies: ({ acting }) => acting.role === 'custodian',
    reason: 'Die Sorgeberechtigten stellen den Antrag.',
    alternatives: [],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-betreuer-applies',
    citation: '§ 9 Abs. 2 PAuswG',
    outcome: 'yes',
    applies: ({ acting }) => acting.role === 'betreuer',
    reason: 'Die Betreuung umfasst die Aufenthaltsbestimmung.',
    alternatives: [],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-bevollmaechtigter-applies',
    citation: '§ 9 Abs. 1 PAuswG',
    outcome: 'yes',
    applies: ({ acting }) => acting.role === 'bevollmaechtigter',
    reason:
      'Für eine handlungsunfähige Person liegt eine öffentlich beglaubigte oder beurkundete Vollmacht vor.',
    alternatives: [],
  },
  {
    ...PERSONALAUSWEIS,
    id: 'pa-holder-applies',
    citation: '§ 9 Abs. 1 PAuswG',
    outcome: 'yes',
    applies: () => true,
    reason: 'Ab 16 Jahren stellt man den Antrag selbst.',
    alternatives: [],
  },
];
