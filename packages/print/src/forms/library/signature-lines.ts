import type { FormDefinition, SignaturesBlock } from '../definition.js';

type Line = SignaturesBlock['lines'][number];

/** The line of this id as the form names it; `copy` numbers lines that appear more than once. */
export function signatureLine(
  form: Pick<FormDefinition<never>, 'id' | 'signatureLines'>,
  id: string,
  known: { readonly prefilled?: string | undefined; readonly copy?: number } = {},
): Line {
  const line = form.signatureLines.find((candidate) => candidate.id === id);
  if (line === undefined) throw new RangeError(`${form.id} has no signature line "${id}"`);
  return {
    id: known.copy === undefined ? id : `${id}.${known.copy}`,
    label: line.label,
    ...(line.kind === undefined ? {} : { kind: line.kind }),
    prefilled: known.prefilled,
  };
}
