import { germanTextOf, InputError } from '@buergerkoffer/formats';
import { fieldsOf, type AnyForm } from '@buergerkoffer/print/forms';
import { inputErrorInGerman } from '../german-remedy.js';

/** The error with what the clerk can do, in German and with the label of the field where the form has one. */
export function forClerk(error: unknown, form: AnyForm, data: unknown): unknown {
  return error instanceof InputError ? inputErrorInGerman(error, remedyFor(error, form, data)) : error;
}

function remedyFor(error: InputError, form: AnyForm, data: unknown): string {
  const { remedy } = germanTextOf(error);
  if (error.path === undefined) return remedy;
  const label = labelAt(form, data, error.path);
  if (label !== undefined) return `„${label}“: ${remedy}`;
  if (valueAt(data, error.path) === undefined) return remedy;
  return `„${form.title}“ darf diese Angabe nicht enthalten. Bitte nehmen Sie sie heraus.`;
}

function valueAt(data: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
      data,
    );
}

/** The label of the place with this path, or of the first one inside it. */
function labelAt(form: AnyForm, data: unknown, path: string): string | undefined {
  const fields = [...fieldsOf(form), ...fieldsOf(form, form.samples.longest()), ...safely(form, data)];
  const exact = fields.find((field) => field.path === path);
  return (exact ?? fields.find((field) => field.path.startsWith(`${path}.`)))?.label;
}

/** The places for data that the schema may refuse, as far as the layout can cope with them. */
function safely(form: AnyForm, data: unknown): ReturnType<typeof fieldsOf> {
  try {
    return fieldsOf(form, data);
  } catch {
    return [];
  }
}
