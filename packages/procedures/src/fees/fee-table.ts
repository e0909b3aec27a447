import type { FeeRule } from './fee-rule.js';
import { OTHER_FEES } from './other-fees.js';
import { PERSONALAUSWEIS_FEES } from './personalausweis.js';
import { REISEPASS_FEES } from './reisepass.js';
import { FEDERAL_LAW_OF, NEW_FEES_FROM, OLD_FEES_TO, SOURCES } from './sources.js';

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
    legalBasis: '§ 17 PassV',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
    validTo: OLD_FEES_TO,
  },
  {
    id: 'reisepass-waiver-2026',
    services: ['reisepass', 'vorlaeufiger-reisepass', 'passaenderung'],
    text: 'Ermäßigung oder Befreiung wegen Bedürftigkeit',
    effect: { kind: 'free' },
    legalBasis: 'PassV, bis 06.02.2026 § 17',
    source: SOURCES.passv2026,
    validFrom: NEW_FEES_FROM,
  },
  {
    id: 'fuehrungszeugnis-waiver',
    services: ['fuehrungszeugnis'],
    text: 'Befreiung wegen Mittellosigkeit; darüber entscheidet das Bundesamt für Justiz',
    effect: { kind: 'free' },
    legalBasis: '§ 10 JVKostG; XMeld 0430, gebuehr M oder N',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
];
