import type { FeeRule } from './fee-rule.js';
import { OTHER_FEES } from './other-fees.js';
import { PERSONALAUSWEIS_FEES } from './personalausweis.js';
import { REISEPASS_FEES } from './reisepass.js';
import { FEDERAL_LAW_OF, SOURCES } from './sources.js';

/** All dated rows; surcharges apply in the order of the table. */
export const FEE_RULES: readonly FeeRule[] = [...PERSONALAUSWEIS_FEES, ...REISEPASS_FEES, ...OTHER_FEES];

/** Rows by which the authority reduces or waives a fee. */
export const WAIVERS: readonly FeeRule[] = [
  {
    id: 'personalausweis-waiver',
    services: ['personalausweis', 'vorlaeufiger-personalausweis', 'ersatz-personalausweis'],
    text: 'Ermäßigung oder Befreiung wegen Bedürftigkeit',
    effect: { kind: 'free' },
    legalBasis: '§ 1 Abs. 6 PAuswGebV',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
  {
    id: 'reisepass-waiver',
    services: ['reisepass', 'vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Ermäßigung oder Befreiung wegen Bedürftigkeit',
    effect: { kind: 'free' },
    legalBasis: 'PassV, Paragraf nicht geprüft',
    source: SOURCES.notRead,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
  {
    id: 'fuehrungszeugnis-waiver',
    services: ['fuehrungszeugnis'],
    text: 'Befreiung wegen Mittellosigkeit; darüber entscheidet das Bundesamt für Justiz',
    effect: { kind: 'free' },
    legalBasis: 'JVKostG, Paragraf nicht geprüft; XMeld 0430, gebuehr M oder N',
    source: SOURCES.notRead,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
];
