import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLabel, findCode, hasCode, readGenericode } from '../../src/codelists/index.js';
import { COLUMNS, genericode, IDENTIFICATION, row, ROWS } from './samples.js';

describe('a code list in genericode', () => {
  it('is read with identity, columns, key and rows', () => {
    const list = readGenericode(genericode({ annotation: '<x:validFrom>2024-08-01</x:validFrom>' }));
    expect(list).toMatchObject({
      kennung: 'urn:example:codeliste:farbe',
      version: '2',
      shortName: 'Farbe',
      agency: 'Beispielstelle',
      validFrom: '2024-08-01',
      keyColumn: 'schluessel',
      labelColumn: 'bezeichnung',
      rowCount: 2,
    });
    expect(findCode(list, '02')).toEqual({ schluessel: '02', bezeichnung: 'Grün', hinweis: 'wie Gras' });
    expect(findCode(list, '01')).toEqual({ schluessel: '01', bezeichnung: 'Rot' });
    expect(codeLabel(list, ' 01\n')).toBe('Rot');
    expect([hasCode(list, '03'), findCode(list, '03'), hasCode(list, '')]).toEqual([false, undefined, false]);
  });

  it.each(['datumGueltigkeitAb', 'datumgueltigkeitab'])(
    'tells its first day in the words of older manuals: %s',
    (name) => {
      const annotation = `<x:${name}>2019-02-28+01:00</x:${name}>`;
      expect(readGenericode(genericode({ annotation })).validFrom).toBe('2019-02-28');
    },
  );

  it('takes the key that the publisher recommends', () => {
    const marked =
      '<Key Id="n"><Annotation><AppInfo><x:recommendedKeyColumn xmlns:x="http://xoev.de/schemata/genericode/4"/>' +
      '</AppInfo></Annotation><ColumnRef Ref="bezeichnung"/></Key>';
    const list = readGenericode(genericode({ columnSet: COLUMNS + marked }));
    expect([list.keyColumn, hasCode(list, 'Rot')]).toEqual(['bezeichnung', true]);
  });

  it('puts values without reference into the next column', () => {
    const rows =
      '<Row><Value><SimpleValue>07</SimpleValue></Value><Value/><Value><SimpleValue>Blau</SimpleValue></Value></Row>';
    expect(findCode(readGenericode(genericode({ rows })), '07')).toEqual({
      schluessel: '07',
      bezeichnung: 'Blau',
    });
  });

  it.each([
    ['another document', { root: 'urn:other' }, 'unsupported'],
    ['no version', { identification: IDENTIFICATION.replace(/<Version>.*<\/Version>/, '') }, 'missing'],
    [
      'no Kennung',
      { identification: IDENTIFICATION.replace(/<CanonicalUri>.*?<\/CanonicalUri>/, '') },
      'missing',
    ],
    ['no key', { columnSet: COLUMNS.replace(/<Key.*<\/Key>/, '') }, 'missing'],
    [
      'a key of an unknown column',
      { columnSet: COLUMNS.replace('Ref="schluessel"', 'Ref="x"') },
      'malformed',
    ],
    [
      'a key of two columns',
      { columnSet: COLUMNS.replace('</Key>', '<ColumnRef Ref="hinweis"/></Key>') },
      'unsupported',
    ],
    ['two columns of one identity', { columnSet: `<Column Id="hinweis"/>${COLUMNS}` }, 'malformed'],
    ['a row without code', { rows: `${ROWS}<Row/>` }, 'missing'],
    ['a value of no column', { rows: '<Row><Value ColumnRef="x"/></Row>' }, 'malformed'],
    ['one value too many', { rows: '<Row><Value/><Value/><Value/><Value/></Row>' }, 'malformed'],
    [
      '257 columns',
      { columnSet: Array.from({ length: 257 }, (_, n) => `<Column Id="c${n}"/>`).join('') },
      'too-large',
    ],
    ['a column called __proto__', { columnSet: '<Column Id="__proto__"/>' }, 'malformed'],
  ])('is refused with %s', (_what, parts, code) => {
    expect(() => readGenericode(genericode(parts))).toThrowError(expect.objectContaining({ code }));
  });

  it('is refused with a DTD, whatever it declares', () => {
    const text = new TextDecoder().decode(genericode());
    const hostile = text.replace(
      '?>',
      '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>',
    );
    expect(() => readGenericode(new TextEncoder().encode(hostile))).toThrowError(
      expect.objectContaining({ code: 'not-allowed' }),
    );
  });

  it('cannot fill the memory with empty rows of many columns', () => {
    const columnSet = `${Array.from({ length: 250 }, (_, n) => `<Column Id="c${n}"/>`).join('')}${COLUMNS.replace(/<Column.*<\/Column>/, '')}`;
    const rows = '<Row/>'.repeat(16_100);
    expect(() => readGenericode(genericode({ columnSet, rows }))).toThrowError(
      expect.objectContaining({ code: 'too-large' }),
    );
  });

  it('gives a list or an InputError, whatever was cut out of it', () => {
    const whole = genericode({ rows: ROWS + row('03', 'Blau') });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(60), fc.string({ maxLength: 4 }), (at, length, put) => {
        const bytes = new Uint8Array([
          ...whole.slice(0, at),
          ...new TextEncoder().encode(put),
          ...whole.slice(at + length),
        ]);
        try {
          expect(readGenericode(bytes).kennung).not.toBe('');
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
