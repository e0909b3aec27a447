import type { AnyForm, Block, Cell, SignaturesBlock } from '../../definition.js';
import { fieldsBlock } from './fields.js';

/** A line of the form by its id; `copy` numbers one that appears more than once, `name` says whose it is. */
export interface Signer {
  readonly id: string;
  readonly copy?: number;
  readonly name?: string | undefined;
}

/** What is declared, the row of place and day, and the lines to sign on; all of it on one page. */
export interface Signing {
  readonly statement?: string;
  /** Place and day, and what else stands in the row. */
  readonly row: readonly Cell[];
  readonly signers: readonly Signer[];
}

/** The end of a form, where it is signed. */
export function signing(form: Pick<AnyForm, 'id' | 'signatureLines'>, parts: Signing): Block[] {
  const { statement, row, signers } = parts;
  return [
    { ...fieldsBlock('Ort und Tag', [row]), keepWithNext: true },
    {
      type: 'signatures',
      ...(statement === undefined ? {} : { statement }),
      lines: signers.map((signer) => signatureLine(form, signer)),
    },
  ];
}

function signatureLine(
  form: Pick<AnyForm, 'id' | 'signatureLines'>,
  { id, copy, name }: Signer,
): SignaturesBlock['lines'][number] {
  const line = form.signatureLines.find((candidate) => candidate.id === id);
  if (line === undefined) throw new RangeError(`${form.id} has no signature line "${id}"`);
  return {
    ...line,
    id: copy === undefined ? id : `${id}.${copy}`,
    label: name === undefined ? line.label : `${line.label}: ${name}`,
  };
}
