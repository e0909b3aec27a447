import { InputError, isLocalDate } from '@buergerkoffer/formats';
import * as z from 'zod';
import type { CodeList } from './code-list.js';

/** Longest compact form that is read; the list of all municipalities has 0.4 MB. */
export const MAX_COMPACT_BYTES = 32 * 1024 * 1024;

/** A column as one text, a value per line; as an array where a value holds a line break. */
const Column = z.union([z.string(), z.array(z.string())]);

const Compact = z.strictObject({
  codeList: z.literal(1),
  kennung: z.string().min(1),
  version: z.string().min(1),
  shortName: z.string(),
  longName: z.string(),
  agency: z.string().optional(),
  validFrom: z.string().refine(isLocalDate).optional(),
  columns: z.array(z.strictObject({ id: z.string(), name: z.string(), required: z.boolean() })),
  keyColumn: z.string(),
  labelColumn: z.string().optional(),
  rowCount: z.int().nonnegative(),
  values: z.record(z.string(), Column),
});

/** The list as JSON in UTF-8, about a ninth of its genericode; the same list gives the same bytes. */
export function writeCompactCodeList(list: CodeList): Uint8Array {
  const values = Object.fromEntries(
    list.columns.map(({ id }) => {
      const column = list.values[id] ?? [];
      return [id, column.some((value) => value.includes('\n')) ? column : column.join('\n')];
    }),
  );
  const {
    kennung,
    version,
    shortName,
    longName,
    agency,
    validFrom,
    columns,
    keyColumn,
    labelColumn,
    rowCount,
  } = list;
  const compact = {
    codeList: 1,
    ...{ kennung, version, shortName, longName, agency, validFrom },
    columns: columns.map(({ id, name, required }) => ({ id, name, required })),
    ...{ keyColumn, labelColumn, rowCount, values },
  };
  return new TextEncoder().encode(JSON.stringify(compact));
}

/** Reads what {@link writeCompactCodeList} wrote; `InputError` `too-large` or `malformed` for anything else. */
export function readCompactCodeList(bytes: Uint8Array): CodeList {
  if (bytes.length > MAX_COMPACT_BYTES) {
    throw new InputError('too-large', `a stored code list has at most ${MAX_COMPACT_BYTES} bytes`);
  }
  const result = Compact.safeParse(jsonOf(bytes));
  if (!result.success) {
    throw new InputError('malformed', 'this is no stored code list', {
      path: result.error.issues[0]?.path.join('.') ?? '',
      remedy: 'install the list again',
    });
  }
  const { codeList: _, agency, validFrom, labelColumn, values, ...rest } = result.data;
  const read = Object.fromEntries(
    rest.columns.map(({ id }) => [id, columnOf(values[id] ?? '', rest.rowCount, id)]),
  );
  if (!Object.hasOwn(read, rest.keyColumn)) {
    throw new InputError('malformed', 'a stored code list has no column of its codes', { path: 'keyColumn' });
  }
  return {
    ...rest,
    ...(agency === undefined ? {} : { agency }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(labelColumn === undefined ? {} : { labelColumn }),
    values: read,
  };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function columnOf(stored: string | readonly string[], rows: number, id: string): readonly string[] {
  const values = typeof stored !== 'string' ? stored : rows === 0 ? [] : stored.split('\n');
  if (values.length === rows) return values;
  throw new InputError('malformed', 'a column of a stored code list has another number of rows', {
    path: `values.${id}`,
    remedy: 'install the list again',
  });
}
