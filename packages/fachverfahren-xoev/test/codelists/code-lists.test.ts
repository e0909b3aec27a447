import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodeList } from '../../src/codelists/index.js';
import {
  codeLists,
  kennungOf,
  readCompactCodeList,
  readGenericode,
  writeCompactCodeList,
} from '../../src/codelists/index.js';
import { genericode } from './samples.js';

const FARBE = readGenericode(genericode());
const version = (version: string, validFrom?: string): CodeList => ({
  ...FARBE,
  version,
  ...(validFrom === undefined ? {} : { validFrom: validFrom as NonNullable<CodeList['validFrom']> }),
});
const KENNUNG = FARBE.kennung;

describe('code lists', () => {
  it('are found by version, and by the day on which a version applies', () => {
    const lists = codeLists([
      version('1', '2020-01-01'),
      version('3', '2026-05-01'),
      version('2', '2023-11-01'),
    ]);
    expect(lists.versions(KENNUNG).map((list) => list.version)).toEqual(['3', '2', '1']);
    expect(lists.version(KENNUNG, '2')?.validFrom).toBe('2023-11-01');
    expect(lists.version(KENNUNG, '4')).toBeUndefined();
    const on = (day: string): string | undefined => lists.on(KENNUNG, day as never)?.version;
    expect([on('2019-12-31'), on('2020-01-01'), on('2026-04-30'), on('2026-05-01')]).toEqual([
      undefined,
      '1',
      '2',
      '3',
    ]);
  });

  it('begin on the day that their version is, and without any day always apply', () => {
    const dated = codeLists([version('2024-08-01')]);
    expect(dated.on(KENNUNG, '2024-07-31' as never)).toBeUndefined();
    expect(dated.on(KENNUNG, '2024-08-01' as never)?.version).toBe('2024-08-01');
    const undated = codeLists([version('9'), version('10')]);
    expect(undated.on(KENNUNG, '1999-01-01' as never)?.version).toBe('10');
  });

  it.each(['urn:example:codeliste:farbe', 'URN:Example:codeliste:FARBE', 'farbe', 'Farbe'])(
    'are found by the name %s',
    (name) => {
      expect(kennungOf(codeLists([FARBE]), name)).toBe(KENNUNG);
    },
  );

  it('are found by a usual word and by the short name', () => {
    const passart = { ...FARBE, kennung: 'urn:de:dsmeld:schluesseltabelle:pass.und.ausweisdokumente' };
    const other = { ...FARBE, kennung: 'urn:example:x', shortName: 'Kurz' };
    const lists = codeLists([passart, other]);
    expect(kennungOf(lists, 'passart')).toBe(passart.kennung);
    expect(kennungOf(lists, 'kurz')).toBe(other.kennung);
  });

  it('that are not there or not clear are an InputError', () => {
    const lists = codeLists([FARBE, { ...FARBE, kennung: 'urn:other:farbe' }]);
    expect(() => kennungOf(lists, 'form')).toThrowError(expect.objectContaining({ code: 'missing' }));
    expect(() => kennungOf(lists, 'farbe')).toThrowError(
      expect.objectContaining({ code: 'not-allowed', remedy: expect.stringContaining('urn:other:farbe') }),
    );
  });
});

describe('the compact form', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'Ä', '"', '\n', ' ', '\\') });

  it('gives the same list again, line breaks and empty values included', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), (rows) => {
        const list: CodeList = {
          ...FARBE,
          validFrom: '2024-02-29' as never,
          rowCount: rows.length,
          values: {
            schluessel: rows.map((_, at) => `c${at}`),
            hinweis: rows.map(([a]) => a),
            bezeichnung: rows.map(([, b]) => b),
          },
        };
        expect(readCompactCodeList(writeCompactCodeList(list))).toEqual(list);
      }),
    );
  });

  it.each([
    ['no JSON', '{'],
    ['another object', '{"codeList":2}'],
    ['a column with a row too few', undefined],
  ])('is refused as %s', (_what, text) => {
    const stored = new TextDecoder().decode(writeCompactCodeList(FARBE)).replace('Rot\\n', '');
    expect(() => readCompactCodeList(new TextEncoder().encode(text ?? stored))).toThrowError(
      expect.objectContaining({ code: 'malformed' }),
    );
  });

  it('gives a list or an InputError, whatever was changed in it', () => {
    const stored = new TextDecoder().decode(writeCompactCodeList(FARBE));
    fc.assert(
      fc.property(fc.nat(stored.length), fc.nat(40), fc.json({ maxDepth: 2 }), (at, length, put) => {
        const changed = stored.slice(0, at) + put + stored.slice(at + length);
        try {
          expect(readCompactCodeList(new TextEncoder().encode(changed)).rowCount).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
