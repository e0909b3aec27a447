import type { Quality } from '@buergerkoffer/procedures/model';

/** What was said of a photo, for the clerk. */
export function photoQualityDe(quality: Quality): string {
  if (quality.assessment === 'not-assessed') return quality.reason;
  const { value, threshold, verdict } = quality;
  const met = `${value} von ${threshold ?? value} Pflichtkriterien erfüllt`;
  return verdict === 'good' ? met : `${met}, von den Sachbearbeitern angenommen`;
}
