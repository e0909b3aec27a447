import type { LocalDate } from '@buergerkoffer/formats';
import type { FeeLine, FeeSource, ServiceId } from '../model/index.js';
import { FEDERAL_LAW_OF, SOURCES } from './sources.js';

/** What of a fee stays with the authority that takes it; the rest goes to the federal treasury. */
export interface AuthorityShare {
  /** Cents, `unknown` where the fee is. */
  readonly amountCents: FeeLine['amountCents'];
  readonly legalBasis: string;
  readonly source: FeeSource;
  readonly validFrom: FeeLine['validFrom'];
}

/** BZRG § 30 (2) sentence 4: two fifths of the fee of a Führungszeugnis. */
const SHARE = { of: 'fuehrungszeugnis', fifths: 2, textOf: FEDERAL_LAW_OF } as const;

/** The authority's share of a statutory fee, `undefined` where the law splits none or the day is before the text that was read. */
export function authorityShare(
  service: ServiceId,
  on: LocalDate,
  statutoryCents: FeeLine['amountCents'],
): AuthorityShare | undefined {
  if (service !== SHARE.of || on < SHARE.textOf) return undefined;
  return {
    amountCents: statutoryCents === 'unknown' ? 'unknown' : Math.round((statutoryCents * SHARE.fifths) / 5),
    legalBasis: '§ 30 Abs. 2 Satz 4 BZRG',
    source: SOURCES.federalLaw,
    validFrom: 'unknown',
  };
}
