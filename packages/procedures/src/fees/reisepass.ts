import {
  FEDERAL_LAW_OF,
  NEW_FEES_FROM,
  OLD_FEES_TO,
  PASSV_OF_2017,
  PASSV_OF_2024,
  PASSV_UNTIL_2023,
  SOURCES,
} from './sources.js';
import type { FeeRule } from './fee-rule.js';

type Row = Omit<FeeRule, 'legalBasis' | 'source' | 'validFrom' | 'validTo' | 'textOf'>;
type Start = Pick<FeeRule, 'source' | 'validFrom' | 'textOf'>;

const SINCE_2024: Start = { source: SOURCES.passv2024, validFrom: PASSV_OF_2024 };
const READ_OF_2017: Start = { source: SOURCES.passv2017, validFrom: 'unknown', textOf: PASSV_OF_2017 };
const READ_OF_2022: Start = { source: SOURCES.federalLaw, validFrom: 'unknown', textOf: FEDERAL_LAW_OF };

/** A fee up to 6 February 2026, and the same from the day after, when the PassV was numbered anew: the citation is dated too. */
function passFee(paragraph: string, start: Start, row: Row): readonly FeeRule[] {
  return [
    { ...row, ...start, legalBasis: `§ 15 ${paragraph} PassV`, validTo: OLD_FEES_TO },
    {
      ...row,
      id: `${row.id}-2026`,
      legalBasis: `PassV, bis 06.02.2026 § 15 ${paragraph}`,
      source: SOURCES.passv2026,
      validFrom: NEW_FEES_FROM,
    },
  ];
}

/** The surcharge of a mission abroad: by the law of 2022, from 2024, and from 7 February 2026. */
function missionFee(
  service: 'reisepass' | 'vorlaeufiger-reisepass' | 'passaenderung',
  cents: readonly [of2022: number, of2024: number, of2026: number | 'unknown'],
): readonly FeeRule[] {
  const row = (year: number, amountCents: number | 'unknown') => ({
    id: `${service}-mission-abroad-${year}`,
    services: [service],
    text: 'Antrag bei einer Auslandsvertretung',
    effect: { kind: 'add' as const, amountCents },
    when: ['mission-abroad' as const],
    legalBasis: '§ 15 Abs. 3 PassV',
  });
  return [
    { ...row(2022, cents[0]), ...READ_OF_2022, validTo: PASSV_UNTIL_2023 },
    { ...row(2024, cents[1]), ...SINCE_2024, validTo: OLD_FEES_TO },
    {
      ...row(2026, cents[2]),
      legalBasis: 'PassV, bis 06.02.2026 § 15 Abs. 3',
      source: SOURCES.passMission2026,
      validFrom: NEW_FEES_FROM,
    },
  ];
}

/** Fees of the passport (PassV); the age is that on the day of application. Doubling takes the base fee only, never what is added to it. */
export const REISEPASS_FEES: readonly FeeRule[] = [
  {
    id: 'reisepass-from-24-2017',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person ab 24 Jahren',
    effect: { kind: 'base', amountCents: 60_00 },
    age: 'from-24',
    legalBasis: '§ 15 Abs. 1 PassV',
    source: SOURCES.passv2017,
    validFrom: PASSV_OF_2017,
    validTo: PASSV_UNTIL_2023,
  },
  ...passFee('Abs. 1', SINCE_2024, {
    id: 'reisepass-from-24',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person ab 24 Jahren',
    effect: { kind: 'base', amountCents: 70_00 },
    age: 'from-24',
  }),
  ...passFee('Abs. 1', READ_OF_2017, {
    id: 'reisepass-under-24',
    services: ['reisepass'],
    text: 'Reisepass, antragstellende Person unter 24 Jahren',
    effect: { kind: 'base', amountCents: 37_50 },
    age: 'under-24',
  }),
  ...passFee('Abs. 1', READ_OF_2017, {
    id: 'vorlaeufiger-reisepass',
    services: ['vorlaeufiger-reisepass'],
    text: 'Vorläufiger Reisepass',
    effect: { kind: 'base', amountCents: 26_00 },
  }),
  ...passFee('Abs. 1', READ_OF_2017, {
    id: 'passaenderung',
    services: ['passaenderung'],
    text: 'Änderung eines Passes',
    effect: { kind: 'base', amountCents: 6_00 },
  }),
  ...passFee('Abs. 4', READ_OF_2022, {
    id: 'pass-wohnortaenderung',
    services: ['pass-wohnortaenderung'],
    text: 'Änderung des Wohnortes im Pass',
    effect: { kind: 'base', amountCents: 0 },
  }),
  ...passFee('Abs. 1', READ_OF_2017, {
    id: 'reisepass-48-pages',
    services: ['reisepass'],
    text: 'Reisepass mit 48 Seiten',
    effect: { kind: 'add', amountCents: 22_00 },
    when: ['pages-48'],
  }),
  ...passFee('Abs. 1', READ_OF_2017, {
    id: 'reisepass-express',
    services: ['reisepass'],
    text: 'Expressverfahren',
    effect: { kind: 'add', amountCents: 32_00 },
    when: ['express'],
  }),
  ...passFee(
    'Abs. 1 Nr. 3',
    { source: SOURCES.passv, validFrom: '2025-05-02' },
    {
      id: 'reisepass-dispatch',
      services: ['reisepass'],
      text: 'Direktversand an die Wohnanschrift',
      effect: { kind: 'add', amountCents: 15_00 },
      when: ['dispatch'],
    },
  ),
  ...passFee('Abs. 2 Nr. 1', READ_OF_2022, {
    id: 'pass-outside-office-hours',
    services: ['vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Auf Wunsch außerhalb der Dienstzeit: Gebühr verdoppelt',
    effect: { kind: 'double' },
    when: ['outside-office-hours'],
  }),
  ...passFee('Abs. 2 Nr. 2', READ_OF_2022, {
    id: 'pass-not-competent',
    services: ['reisepass', 'vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Durch eine nicht zuständige Behörde: Gebühr verdoppelt',
    effect: { kind: 'double' },
    when: ['not-competent'],
  }),
  ...missionFee('reisepass', [21_00, 31_00, 36_00]),
  ...missionFee('vorlaeufiger-reisepass', [13_00, 44_00, 49_00]),
  ...missionFee('passaenderung', [12_00, 17_00, 'unknown']),
];
