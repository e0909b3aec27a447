import type { PhotoAssessment } from './assessment.js';

/**
 * What an operator may say against the software, in the words of the guideline (BSI TR-03121-3 Vol. 2 v6.0, 5.8.2).
 */
export const VETOES = [
  'OK obvious reason (e.g. disability)',
  'OK without obvious reason',
  'NOK overrules software',
] as const;

/** One of {@link VETOES}. */
export type Veto = (typeof VETOES)[number];

/**
 * Whether a photo counts as good: the operator's word, and without one the software's. What was not assessed
 * completely is not good by itself.
 */
export function isSufficient(total: PhotoAssessment['total'], veto?: Veto): boolean {
  return veto === undefined ? total === 'ok' : veto !== 'NOK overrules software';
}
