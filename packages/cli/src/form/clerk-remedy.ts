import { germanTextOf, InputError } from '@buergerkoffer/formats';
import { fieldsOf, type AnyForm } from '@buergerkoffer/print/forms';

/** The error with what the clerk can do, in German and with the label of the field where the form has one. */
export function forClerk(error: unknown, form: AnyForm, data: unknown): unknown {
  if (!(error instanceof InputError) || error.path === undefined) return error;
  const label = labelAt(form, data, error.path);
  const { code, message, path, remedy } = error;
  if (label === undefined) {
    if (valueAt(data, path) === undefined) return error;
    const german = `„${form.title}“ darf diese Angabe nicht enthalten. Bitte nehmen Sie sie heraus.`;
    return new InputError(code, message, { path, remedy: german, cause: error });
  }
  // A remedy of its own says more than the catalogue.
  const own = remedy !== new InputError(code, '').remedy;
  const german = own ? remedy : germanTextOf(error).remedy;
  return new InputError(code, message, { path, remedy: `„${label}“: ${german}`, cause: error });
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
