import { FEDERAL_LAW_OF, NEW_FEES_FROM, OLD_FEES_TO, PASSV_TEXT_OF, SOURCES } from './sources.js';
import type { FeeRule } from './fee-rule.js';

type Row = Omit<FeeRule, 'legalBasis' | 'source' | 'validFrom' | 'validTo' | 'textOf'>;

/** The text of 12 April 2024, and the same from 7 February 2026, when the PassV was numbered anew: the citation is dated too. */
function passFee(paragraph: string, row: Row): readonly FeeRule[] {
  return [
    {
      ...row,
      legalBasis: `§ 15 ${paragraph} PassV`,
      source: SOURCES.passv,
      validFrom: 'unknown',
      textOf: PASSV_TEXT_OF,
      validTo: OLD_FEES_TO,
    },
    {
      ...row,
      id: `${row.id}-2026`,
      legalBasis: `PassV, bis 06.02.2026 § 15 ${paragraph}`,
      source: SOURCES.passv2026,
      validFrom: NEW_FEES_FROM,
    },
  ];
}

/** Fees of the passport; the change from 60 to 70 euros lies on an unknown day between the two texts read. */
export const REISEPASS_FEES: readonly FeeRule[] = [
  {
    id: 'reisepass-from-24-2022',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person ab 24 Jahren',
    effect: { kind: 'base', amountCents: 60_00 },
    age: 'from-24',
    legalBasis: '§ 15 Abs. 1 PassV',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
    validTo: FEDERAL_LAW_OF,
  },
  {
    id: 'reisepass-from-24-changing',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person ab 24 Jahren (60 oder 70 Euro; Tag der Änderung nicht geprüft)',
    effect: { kind: 'base', amountCents: 'unknown' },
    age: 'from-24',
    legalBasis: '§ 15 Abs. 1 PassV',
    source: SOURCES.notRead,
    validFrom: '2022-03-27',
    validTo: '2024-04-11',
  },
  {
    id: 'reisepass-under-24-2022',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person unter 24 Jahren',
    effect: { kind: 'base', amountCents: 37_50 },
    age: 'under-24',
    legalBasis: '§ 15 Abs. 1 PassV',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
    validTo: '2024-04-11',
  },
  ...passFee('Abs. 1', {
    id: 'reisepass-from-24',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person ab 24 Jahren',
    effect: { kind: 'base', amountCents: 70_00 },
    age: 'from-24',
  }),
  ...passFee('Abs. 1', {
    id: 'reisepass-under-24',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person unter 24 Jahren',
    effect: { kind: 'base', amountCents: 37_50 },
    age: 'under-24',
  }),
  ...passFee('Abs. 1', {
    id: 'vorlaeufiger-reisepass',
    services: ['vorlaeufiger-reisepass'],
    text: 'Vorläufiger Reisepass',
    effect: { kind: 'base', amountCents: 26_00 },
  }),
  ...passFee('Abs. 1', {
    id: 'passaenderung',
    services: ['passaenderung'],
    text: 'Änderung eines Passes',
    effect: { kind: 'base', amountCents: 6_00 },
  }),
  ...passFee('Abs. 4', {
    id: 'pass-wohnortaenderung',
    services: ['pass-wohnortaenderung'],
    text: 'Änderung des Wohnortes im Pass',
    effect: { kind: 'base', amountCents: 0 },
  }),
  ...passFee('Abs. 1', {
    id: 'reisepass-48-pages',
    services: ['reisepass'],
    text: 'Reisepass mit 48 Seiten',
    effect: { kind: 'add', amountCents: 22_00 },
    when: ['pages-48'],
  }),
  ...passFee('Abs. 1', {
    id: 'reisepass-express',
    services: ['reisepass'],
    text: 'Expressverfahren',
    effect: { kind: 'add', amountCents: 32_00 },
    when: ['express'],
  }),
  {
    id: 'reisepass-dispatch',
    services: ['reisepass'],
    text: 'Direktversand an die Wohnanschrift',
    effect: { kind: 'add', amountCents: 15_00 },
    when: ['dispatch'],
    legalBasis: 'PassV, bis 06.02.2026 § 15 Abs. 1',
    source: SOURCES.passv,
    validFrom: '2025-05-02',
  },
  ...passFee('Abs. 2 Nr. 1', {
    id: 'pass-outside-office-hours',
    services: ['vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Auf Wunsch außerhalb der Dienstzeit: Gebühr verdoppelt',
    effect: { kind: 'double' },
    when: ['outside-office-hours'],
  }),
  ...passFee('Abs. 2 Nr. 2', {
    id: 'pass-not-competent',
    services: ['reisepass', 'vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Durch eine nicht zuständige Behörde: Gebühr verdoppelt',
    effect: { kind: 'double' },
    when: ['not-competent'],
  }),
];
