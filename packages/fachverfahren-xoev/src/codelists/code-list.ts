import type { LocalDate } from '@buergerkoffer/formats';

/** One column of a code list. */
export interface CodeListColumn {
  /** Identity within the list, e.g. `SCHLUESSEL`. */
  readonly id: string;
  /** Short name as the publisher gives it. */
  readonly name: string;
  /** Whether every row has a value. */
  readonly required: boolean;
}

/**
 * One version of a code list, column by column: plain data that can be cloned and stored.
 * The n-th value of each column is of the n-th row; an empty string is an absent value.
 */
export interface CodeList {
  /** Canonical URI without version, e.g. `urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:ags`. */
  readonly kennung: string;
  readonly version: string;
  readonly shortName: string;
  readonly longName: string;
  /** Who publishes the list. */
  readonly agency?: string;
  /** First day on which this version applies, where the publisher says so. */
  readonly validFrom?: LocalDate;
  readonly columns: readonly CodeListColumn[];
  /** Id of the column that holds the code. */
  readonly keyColumn: string;
  /** Id of the column that tells a person what the code means; absent where the key is the only column. */
  readonly labelColumn?: string;
  readonly rowCount: number;
  /** Values by column id. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

/** The values that a row has, by column id. */
export type CodeListRow = Readonly<Record<string, string>>;

const indexes = new WeakMap<CodeList, ReadonlyMap<string, number>>();

/** True when the list holds the code; white space is collapsed as xs:token does. */
export function hasCode(list: CodeList, code: string): boolean {
  return indexOf(list).has(collapsed(code));
}

/** The row of the code, `undefined` when the list does not hold it. */
export function findCode(list: CodeList, code: string): CodeListRow | undefined {
  const at = indexOf(list).get(collapsed(code));
  if (at === undefined) return undefined;
  return Object.fromEntries(
    list.columns.flatMap(({ id }) => {
      const value = list.values[id]?.[at] ?? '';
      return value === '' ? [] : [[id, value] as const];
    }),
  );
}

/** What the code means, for people; `undefined` when the list does not hold it or has no such column. */
export function codeLabel(list: CodeList, code: string): string | undefined {
  return list.labelColumn === undefined ? undefined : findCode(list, code)?.[list.labelColumn];
}

/** Row by code, made at the first look-up; of two rows with one code the first counts. */
function indexOf(list: CodeList): ReadonlyMap<string, number> {
  const known = indexes.get(list);
  if (known !== undefined) return known;
  const index = new Map<string, number>();
  for (const [at, code] of (list.values[list.keyColumn] ?? []).entries()) {
    const key = collapsed(code);
    if (!index.has(key)) index.set(key, at);
  }
  indexes.set(list, index);
  return index;
}

function collapsed(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
