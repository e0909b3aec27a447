import type { FaceMeasure } from './face-measure.js';

/** The native value of a component; or why this photo has none; or what it takes to look, points by their names. */
export type Native = number | { readonly fails: string } | { readonly needs: readonly string[] };

/** Native values by component; components that are absent were not looked at. */
export type Natives = Partial<Record<FaceMeasure, Native>>;

/** The same for several components. */
export function allOf(measures: readonly FaceMeasure[], native: Native): Natives {
  return Object.fromEntries(measures.map((measure) => [measure, native]));
}

/** `value` of what is there, or the names of what is missing of it. */
export function ofPresent<T extends object>(
  parts: { readonly [K in keyof T]: T[K] | undefined },
  value: (present: T) => Native,
): Native {
  const missing = Object.entries(parts).flatMap(([name, part]) => (part === undefined ? [name] : []));
  return missing.length > 0 ? { needs: missing } : value(parts as T);
}
