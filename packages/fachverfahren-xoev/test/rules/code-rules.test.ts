import { describe, expect, it } from 'vitest';
import { codeLists } from '../../src/codelists/index.js';
import { checkMessage } from '../../src/rules/index.js';
import { found, listOf, LISTS, message, NOW, tree } from './support.js';

const coded = (name: string, code: string, attributes = ''): string =>
  `<xmeld:${name} ${attributes}><code>${code}</code></xmeld:${name}>`;
const of = (payload: string, attributes = ''): readonly string[] =>
  found(message('fortschreibung.x.0003', payload, { attributes }));
const STATE = 'listVersionID="2024-08-01"';

describe('codes', () => {
  it.each([
    ['a code of its list', coded('geburtsortStaat', '163', STATE), []],
    ['a code that the list lacks', coded('geburtsortStaat', '999', STATE), ['error S011 code']],
    [
      'a state that is a territory only',
      `<ausland><staat ${STATE}><code>163</code></staat></ausland>`,
      ['error S011 code'],
    ],
    ['a nationality of two digits', coded('staatsangehoerigkeit', '16', STATE), ['error S011 code']],
    [
      'a version that is not known',
      coded('geburtsortStaat', '163', 'listVersionID="0"'),
      ['warning S010 xmeld:geburtsortStaat'],
    ],
    [
      'a code that another version lacks',
      coded('geburtsortStaat', '999', 'listVersionID="0"'),
      ['warning S010 xmeld:geburtsortStaat', 'warning S011 code'],
    ],
    ['no version', coded('geburtsortStaat', '999'), ['error S011 code']],
    ['a sex', coded('geschlecht', 'd', 'listVersionID="1"'), []],
    ['a sex that is none', coded('geschlecht', 'D', 'listVersionID="1"'), ['error S011 code']],
    ['a way to be reached', coded('kanal', '10', 'listVersionID="3"'), ['error S011 code']],
    ['a way that a later version has', coded('kanal', '10', 'listVersionID="4"'), ['not-assessed S011 code']],
    [
      'a correction of states',
      `<xmeld:geburtsortstaat>${coded('vorher', '163', STATE)}${coded('nachher', '999', STATE)}</xmeld:geburtsortstaat>`,
      ['error S011 code'],
    ],
    [
      'a list that the grammar holds',
      coded('familienstand', 'LD', 'listURI="urn:de:dsmeld:schluesseltabelle:familienstand"'),
      [],
    ],
    [
      'a list of another publisher',
      coded('irgendetwas', '1', 'listURI="urn:example:x" listVersionID="1"'),
      ['not-assessed S011 code'],
    ],
  ])('are looked up: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });

  it('of municipalities are looked up in whatever version there is, and need not exist in test messages', () => {
    const ags = (code: string, version: string): string =>
      `<gemeindeschluessel listVersionID="${version}"><code>${code}</code></gemeindeschluessel>`;
    expect(of(ags('09000009', '2025-01-31'))).toEqual(['warning S010 gemeindeschluessel']);
    expect(of(ags('09000001', '2025-01-31'))).toEqual(['warning S010 gemeindeschluessel', 'error S011 code']);
    expect(of(ags('09000001', '2025-01-31'), 'test="x"')).toEqual([
      'warning S010 gemeindeschluessel',
      'warning S011 code',
    ]);
    expect(of(ags('99000001', '2026-04-30'), 'test="x"')).toEqual(['error S011 code']);
  });

  it('of a list that is not installed are counted and told once per version', () => {
    const payload = coded('bkz', 'B1', 'listVersionID="1"') + coded('bkz', 'B2', 'listVersionID="1"');
    const findings = checkMessage(tree(message('fortschreibung.x.0003', payload)), {
      now: NOW,
      lists: codeLists([]),
    });
    expect(findings).toEqual([
      {
        severity: 'not-assessed',
        code: 'S011',
        line: 1,
        path: expect.stringContaining('bkz[1]/code'),
        message:
          'the code list urn:de:bund:bfj:schluesseltabelle:behoerdenkennzeichen, version 1 is not installed; codes not checked: 2',
        messageDe: expect.stringContaining('nicht geprüfte Schlüssel: 2'),
      },
    ]);
  });

  it('are of the version in force on the day of the message when it names none', () => {
    const kennung = 'urn:example:x';
    const lists = codeLists([
      ...LISTS.all,
      listOf(kennung, '2025-01-01', ['1']),
      listOf(kennung, '2026-03-01', ['2']),
    ]);
    const payload = (code: string): string => message('a.b.0003', coded('x', code, `listURI="${kennung}"`));
    expect(found(payload('1'), { lists })).toEqual([]);
    expect(found(payload('2'), { lists })).toEqual(['error S011 code']);
  });
});
