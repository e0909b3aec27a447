import { z } from 'zod';
import type { AnyForm } from './definition.js';
import { inputCells } from './read/cells.js';

/** A place of a form: the path of its value and what stands beside it. */
export interface FormField {
  /** `holder.birth.date` */
  readonly path: string;
  /** German, as printed. */
  readonly label: string;
  readonly voluntary: boolean;
}

/** The places of a form that are filled in: those of its blank, or of its filled sample where there is no blank. */
export function fieldsOf(
  form: AnyForm,
  data: unknown = form.blank ? {} : form.samples.filled(),
): FormField[] {
  return [...inputCells(form, data).values()].map(({ name, label, voluntary }) => ({
    path: name,
    label,
    voluntary: voluntary === true,
  }));
}

/** The kinds of a form that has several, as its field `art` holds them. */
export function kindsOf({ schema }: AnyForm): readonly string[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' });
  const art = properties['art'];
  return typeof art === 'object' ? (art.enum ?? []).filter((kind) => typeof kind === 'string') : [];
}
