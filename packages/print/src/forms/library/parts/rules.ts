import { z } from 'zod';
import { valueAt } from './paths.js';

/** Something that a form must not say: where, why in English, and what the clerk can do, in German. */
export interface Fault {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
}

/** A fault where `wrong` holds. */
export function fault(wrong: boolean, path: string, message: string, remedy: string): Fault[] {
  return wrong ? [{ path: path.split('.'), message, remedy }] : [];
}

/** A value that law excludes here, refused with its reason before anything else is looked at. */
export interface Refusal {
  /** Path of the value; `*` stands for every item of a list. */
  readonly path: string;
  readonly value: string | boolean;
  readonly message: string;
  readonly remedy: string;
}

/** The fields of a form with what they must not say: single values that law excludes, then values that contradict each other. */
export function withRules<T>(
  fields: z.ZodType<T>,
  contradictions: (data: T) => readonly Fault[],
  refusals: readonly Refusal[] = [],
): z.ZodType<T> {
  const checked = fields.superRefine((data, context) => {
    // zod goes on after a string of a wrong format: a day that is none cannot be compared.
    if (context.issues.length === 0) report(contradictions(data), context);
  });
  if (refusals.length === 0) return checked;
  const refused = z.unknown().superRefine((raw, context) => {
    report(
      refusals.flatMap((refusal) => refusedIn(raw, refusal)),
      context,
    );
  });
  return refused.pipe(checked);
}

function report(faults: readonly Fault[], context: z.RefinementCtx): void {
  for (const { path, message, remedy } of faults)
    context.addIssue({ code: 'custom', path: [...path], message, params: { remedy } });
}

function refusedIn(raw: unknown, { path, value, message, remedy }: Refusal): Fault[] {
  const [before = '', after] = path.split('.*');
  if (after === undefined) return fault(valueAt(raw, path) === value, path, message, remedy);
  const list = valueAt(raw, before);
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: unknown, index) => {
    const found = after === '' ? item : valueAt(item, after.slice(1));
    return fault(found === value, `${before}.${index}${after}`, message, remedy);
  });
}
