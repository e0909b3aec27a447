import type { FeeLine, ServiceId } from '../model/index.js';
import type { FeeCircumstance, FeeRule } from './fee-rule.js';

/** The sum in cents of lines, `unknown` as soon as one of them is. */
export function sum(lines: readonly FeeLine[]): number | 'unknown' {
  return lines.reduce<number | 'unknown'>(
    (total, line) =>
      total === 'unknown' || line.amountCents === 'unknown' ? 'unknown' : total + line.amountCents,
    0,
  );
}

/** How a circumstance is called when its amount is not known. */
export const UNKNOWN_TEXT: Readonly<Record<FeeCircumstance, string>> = {
  'outside-office-hours': 'außerhalb der Dienstzeit',
  'not-competent': 'nicht zuständige Behörde',
  'residence-abroad': 'Wohnung im Ausland',
  'mission-abroad': 'Antrag bei einer Auslandsvertretung',
  'photo-by-authority': 'Lichtbild, in der Behörde aufgenommen',
  dispatch: 'Direktversand',
  'pages-48': '48 Seiten',
  express: 'Expressverfahren',
  ehrenamt: 'Ehrenamt',
};

/** The line of a fee that the municipality or the Land set. */
export function municipalLine(
  id: string,
  service: ServiceId,
  text: string,
  amountCents: number,
  legalBasis: string,
): FeeLine {
  return {
    id,
    service,
    text,
    amountCents,
    legalBasis,
    source: { text: 'Festlegung der Gemeinde', confidence: 'law' },
    validFrom: 'unknown',
  };
}

/** The line that a row of the table gives. */
export function lineOf(rule: FeeRule, service: ServiceId, amountCents: FeeLine['amountCents']): FeeLine {
  return {
    id: rule.id,
    service,
    text: rule.text,
    amountCents,
    legalBasis: rule.legalBasis,
    source: rule.source,
    validFrom: rule.validFrom,
    ...(rule.validTo === undefined ? {} : { validTo: rule.validTo }),
  };
}

/** The line of a fee that nobody told, with the reason in German. */
export function unknownLine(service: ServiceId, text: string): FeeLine {
  return {
    id: `${service}-unknown`,
    service,
    text: `Gebühr nicht bekannt: ${text}`,
    amountCents: 'unknown',
    legalBasis: 'nicht bekannt',
    source: { text: 'keine Quelle', confidence: 'unverified' },
    validFrom: 'unknown',
  };
}
