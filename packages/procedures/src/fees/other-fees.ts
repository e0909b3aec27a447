import { FEDERAL_LAW_OF, SOURCES } from './sources.js';
import type { FeeRule } from './fee-rule.js';

/** Fees of Führungszeugnis and of papers from the register; what Land or municipality set is absent here and comes from the policy. */
export const OTHER_FEES: readonly FeeRule[] = [
  {
    id: 'fuehrungszeugnis',
    services: ['fuehrungszeugnis'],
    text: 'Führungszeugnis',
    effect: { kind: 'base', amountCents: 13_00 },
    legalBasis: 'Nr. 1130 KV JVKostG',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
  {
    id: 'fuehrungszeugnis-ehrenamt',
    services: ['fuehrungszeugnis'],
    text: 'Führungszeugnis für ein Ehrenamt: gebührenfrei',
    effect: { kind: 'free' },
    when: ['ehrenamt'],
    legalBasis: 'Vorbemerkung 1.1.3 KV JVKostG',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
  {
    id: 'meldebestaetigung',
    services: ['meldebestaetigung'],
    text: 'Meldebestätigung',
    effect: { kind: 'base', amountCents: 0 },
    legalBasis: '§ 24 Abs. 2 BMG',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
    textOf: FEDERAL_LAW_OF,
  },
  {
    id: 'meldebescheinigung-elektronisch',
    services: ['meldebescheinigung-elektronisch'],
    text: 'Meldebescheinigung, elektronisch',
    effect: { kind: 'base', amountCents: 0 },
    legalBasis: '§ 18 Abs. 3 BMG',
    source: { text: 'lexetius.de/BMG/18', confidence: 'law' },
    validFrom: '2022-05-01',
  },
];
