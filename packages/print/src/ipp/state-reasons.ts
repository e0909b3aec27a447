/** How grave a state reason is: only `error` stops the printer (RFC 8011, 5.4.12). */
export type Severity = 'report' | 'warning' | 'error';

/** One value of `printer-state-reasons`, stem and severity apart. */
export interface StateReason {
  /** IPP keyword without its ending, such as `media-empty`; vendors add their own. */
  readonly stem: string;
  readonly severity: Severity;
}

const SEVERITIES = ['report', 'warning', 'error'] as const satisfies readonly Severity[];

/** `media-empty-error` as stem and severity; without an ending it is an error (RFC 8011, 5.4.12). */
export function parseStateReason(keyword: string): StateReason {
  const severity = SEVERITIES.find((ending) => keyword.endsWith(`-${ending}`));
  if (severity === undefined) return { stem: keyword, severity: 'error' };
  return { stem: keyword.slice(0, -severity.length - 1), severity };
}

/** Values of `printer-state-reasons`; `none` is no reason. */
export function parseStateReasons(keywords: readonly string[]): readonly StateReason[] {
  return keywords.filter((keyword) => keyword !== 'none').map(parseStateReason);
}

/** What a person at the printer has to see to; `other` is a reason that only the printer's display explains. */
export type AttentionReason =
  | 'media-empty'
  | 'media-needed'
  | 'media-jam'
  | 'cover-open'
  | 'input-tray-missing'
  | 'marker-supply-empty'
  | 'marker-waste-full'
  | 'output-area-full'
  | 'paused'
  | 'other';

/** IPP stems (RFC 8011, 5.4.12; PWG 5100.9) and what they ask of a person. */
const ATTENTION_BY_STEM: Readonly<Record<string, AttentionReason>> = {
  'media-empty': 'media-empty',
  'media-needed': 'media-needed',
  'media-jam': 'media-jam',
  'cover-open': 'cover-open',
  'door-open': 'cover-open',
  'interlock-open': 'cover-open',
  'input-tray-missing': 'input-tray-missing',
  'marker-supply-empty': 'marker-supply-empty',
  'toner-empty': 'marker-supply-empty',
  'developer-empty': 'marker-supply-empty',
  'marker-waste-full': 'marker-waste-full',
  'marker-waste-almost-full': 'marker-waste-full',
  'output-area-full': 'output-area-full',
  paused: 'paused',
  'moving-to-paused': 'paused',
};

/** What the first error among `reasons` asks of a person; undefined when nothing stops the printer. */
export function attentionOf(reasons: readonly StateReason[]): AttentionReason | undefined {
  const error = reasons.find(({ severity }) => severity === 'error');
  if (error === undefined) return undefined;
  return Object.hasOwn(ATTENTION_BY_STEM, error.stem) ? ATTENTION_BY_STEM[error.stem] : 'other';
}
