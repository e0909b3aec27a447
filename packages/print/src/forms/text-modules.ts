import { InputError } from '@buergerkoffer/formats';
import { z } from 'zod';
import type { FormDefinition, TextModules } from './definition.js';
import { parseData } from './validate.js';

const textModulesSchema = z.record(
  z.string(),
  z
    .array(
      z.union([
        z.string().trim().min(1).max(4000),
        z.array(z.string().trim().min(1).max(1000)).min(1).max(20),
      ]),
    )
    .min(1)
    .max(20),
);

/** Wordings for notices that the form has. @throws InputError `not-allowed` for any other. */
export function checkTextModules(
  form: Pick<FormDefinition<never>, 'id' | 'notices'>,
  given: TextModules | undefined,
): TextModules | undefined {
  if (given === undefined) return undefined;
  const { textModules } = parseData(z.object({ textModules: textModulesSchema }), { textModules: given });
  for (const id of Object.keys(textModules)) {
    if (form.notices.some((notice) => notice.id === id)) continue;
    throw new InputError('not-allowed', `${form.id} has no notice of this id`, {
      path: `textModules.${id}`,
      remedy: `use one of: ${form.notices.map((notice) => notice.id).join(', ')}`,
    });
  }
  return textModules;
}
