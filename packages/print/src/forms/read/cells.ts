import type { AnyForm, CheckCell, ChoiceCell, FieldCell, Letterhead } from '../definition.js';

/** A place of the form that is a field of a fillable one. */
export type InputCell = FieldCell | ChoiceCell | CheckCell;

/** A layout needs a letterhead; the places do not depend on it. */
const NO_LETTERHEAD: Letterhead = { authority: '', lines: [], dataProtection: '' };

/** The places of a form by their names, as these data lay it out. */
export function inputCells(form: AnyForm, data: unknown): Map<string, InputCell> {
  const cells = new Map<string, InputCell>();
  for (const block of form.layout(data ?? {}, { form, letterhead: NO_LETTERHEAD })) {
    if (block.type !== 'fields') continue;
    for (const cell of block.rows.flat()) {
      if (cell.type === 'picture' || (cell.type === 'field' && cell.derived === true)) continue;
      cells.set(cell.name, cell);
    }
  }
  return cells;
}

/** The name with every number replaced, so that the fifth child is read as the first is. */
export function pattern(name: string): string {
  return name.replaceAll(/(?<=^|\.)\d{1,4}(?=\.|$)/gu, '*');
}
