import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  codeLabel,
  codeLists,
  findCode,
  readCompactCodeList,
  readGenericode,
  writeCompactCodeList,
} from '../../src/codelists/index.js';
import { withoutSchemas, XOEV_DATA } from '../xmeld/schema.js';

interface Entry {
  readonly file: string;
  readonly kennung: string;
  readonly version: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

const folder = join(XOEV_DATA, 'codelists');
const xmlOf = (file: string): Uint8Array => {
  const bytes = readFileSync(join(folder, file));
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};

describe.skipIf(withoutSchemas)('published code lists', () => {
  const entries = withoutSchemas
    ? []
    : (JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as readonly Entry[]);

  it('are all read as their index says, and come back from the compact form', () => {
    expect(entries.length).toBe(74);
    const lists = entries.map(({ file }) => readGenericode(xmlOf(file)));
    expect(
      lists.map(({ kennung, version, columns, rowCount }) => ({
        kennung,
        version,
        columns: columns.map(({ id }) => id),
        rows: rowCount,
      })),
    ).toEqual(entries.map(({ kennung, version, columns, rows }) => ({ kennung, version, columns, rows })));
    for (const list of lists) expect(readCompactCodeList(writeCompactCodeList(list))).toEqual(list);

    const ags = lists.find(({ shortName }) => shortName === 'AGS');
    if (ags === undefined) throw new Error('the list of municipalities is missing');
    expect(writeCompactCodeList(ags).length).toBeLessThan(400_000);
    expect(codeLabel(ags, '05315000')).toBe('Köln, Stadt');

    const all = codeLists(lists);
    const states = all.on(
      'urn:de:bund:destatis:bevoelkerungsstatistik:schluessel:staat',
      '2026-01-01' as never,
    );
    if (states === undefined) throw new Error('the list of states is missing');
    expect(findCode(states, '129')).toMatchObject({ 'iso-2': 'FR', 'staatenname-kurz': 'Frankreich' });
    expect(codeLabel(states, '129')).toBe('Frankreich');
  }, 60_000);
});
