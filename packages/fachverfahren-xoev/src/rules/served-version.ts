import type { LocalDate } from '@buergerkoffer/formats';
import { addMonths, parseLocalDate } from '@buergerkoffer/formats';
import { REJECTION_NAMESPACE } from '../xmeld/rueckweisung.js';
import { XMELD_NAMESPACE, XMELD_STANDARD, XMELD_VERSION } from '../xmeld/xmeld.js';

/** A version of a standard that messages may be in. */
export interface ServedVersion {
  /** Namespace of the root element. */
  readonly namespace: string;
  /** Attribute `standard` of the root. */
  readonly standard: string;
  /** Attribute `version` of the root. */
  readonly version: string;
  /** First day on which messages of this version are sent. */
  readonly validFrom?: LocalDate;
  /** First day on which they are not any more. */
  readonly validBefore?: LocalDate;
}

/**
 * The days of a version of XMeld: the standard changes on the first of May and of November, and its version is year
 * and month (`25.11a` is in force from 2025-11-01 until the end of April 2026). Nothing for another kind of version.
 */
export function daysOfRelease(version: string): Pick<ServedVersion, 'validFrom' | 'validBefore'> {
  const [, year, month] = /^(\d{2})\.(05|11)[a-z]?$/.exec(version) ?? [];
  if (year === undefined || month === undefined) return {};
  const validFrom = parseLocalDate(`20${year}-${month}-01`);
  return { validFrom, validBefore: addMonths(validFrom, 6) };
}

/** The versions whose messages this package knows. */
export const KNOWN_VERSIONS: readonly ServedVersion[] = [
  {
    namespace: XMELD_NAMESPACE,
    standard: XMELD_STANDARD,
    version: XMELD_VERSION,
    ...daysOfRelease(XMELD_VERSION),
  },
  { namespace: REJECTION_NAMESPACE, standard: 'XInneres-Rueckweisung', version: '6' },
];
