import type { CodeList } from './code-list.js';

/** What publishers call the column with the meaning of a code. */
const USUAL = /^(?:name|bezeichnung|beschreibung|wert|.*kurz|.*kategorie)$/i;

/**
 * The column that tells a person what a code means, `undefined` when the key is the only column: one named like the
 * list itself, else one with a usual name, else the first beside the key. Genericode does not say it.
 */
export function labelColumnOf(list: Pick<CodeList, 'kennung' | 'columns' | 'keyColumn'>): string | undefined {
  const others = list.columns.map(({ id }) => id).filter((id) => id !== list.keyColumn);
  const ownName = list.kennung.slice(list.kennung.lastIndexOf(':') + 1).toLowerCase();
  return (
    others.find((id) => id.toLowerCase() === ownName) ?? others.find((id) => USUAL.test(id)) ?? others[0]
  );
}
