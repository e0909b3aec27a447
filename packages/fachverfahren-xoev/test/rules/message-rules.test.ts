import { describe, expect, it } from 'vitest';
import { found, message } from './support.js';

const x = (name: string, content: string): string => `<xmeld:${name}>${content}</xmeld:${name}>`;
const code = (name: string, value: string): string => x(name, `<code>${value}</code>`);
const nationality = (name: string, value: string): string =>
  `<xmeld:${name} listVersionID="2024-08-01"><code>${value}</code></xmeld:${name}>`;
const answers = (type: string): string =>
  x('ursprungsnachricht', `<xmeld:nachrichtentyp><code>${type}</code></xmeld:nachrichtentyp>`);

const TO_PORTAL = { reader: 'mbp:1' };
const FROM_PORTAL = { author: 'mbp:1', reader: 'ags:05315000' };
const municipality = (ags: string): string =>
  x(
    'identifikation',
    x('anschrift', `<gemeindeschluessel listVersionID="2026-04-30"><code>${ags}</code></gemeindeschluessel>`),
  );

describe('the rules of single messages', () => {
  it.each([
    ['1705', 'has status 01', code('status', '01'), TO_PORTAL, []],
    ['1705', 'has no other status', code('status', '02'), TO_PORTAL, ['error S011 code']],
    ['1707', 'refuses with 02 or 03', x('ergebnis', x('ablehnung', code('status', '03'))), TO_PORTAL, []],
    [
      '1707',
      'does not refuse with 01',
      x('ergebnis', x('ablehnung', code('status', '01'))),
      TO_PORTAL,
      ['error S011 code'],
    ],
    ['1707', 'answers 1704 or 1706', answers('1706'), TO_PORTAL, []],
    ['1707', 'does not answer 1702', answers('1702'), TO_PORTAL, ['error S011 code']],
    ['1701', 'answers 1700', answers('1708'), TO_PORTAL, ['error S011 code']],
    ['0301', 'answers 0300', answers('0201'), {}, ['error S011 code']],
    ['1331', 'answers 1330', answers('1332'), {}, ['error S011 code']],
    ['1501', 'answers 1500', answers('1501'), {}, ['error S011 code']],
    ['0203', 'answers a report of moving', answers('0206'), {}, []],
    ['1713', 'sets what a person may set', code('eintragung', '13'), FROM_PORTAL, []],
    ['1713', 'sets nothing else', code('eintragung', '3'), FROM_PORTAL, ['error S011 code']],
    [
      '1704',
      'sets nothing else',
      x('berechtigtePerson', x('widerspruecheUebermittlungssperren', code('eintragung', '1'))),
      FROM_PORTAL,
      ['error S011 code'],
    ],
    [
      '0201',
      'sends blocks of others only',
      x('vertreter', x('auskunftssperre', code('grund', '1'))),
      {},
      ['error S011 code'],
    ],
    [
      '0201',
      'sends blocks of the person',
      x('zuzugsperson', x('AUSKUNFTSSPERRE', code('grund', '1'))),
      {},
      [],
    ],
    [
      '0301',
      'sends no data of whom it did not find',
      x('zuziehende.person', code('antwortstatus', '02') + x('personendaten', '')),
      {},
      ['error S999 xmeld:personendaten'],
    ],
    [
      '0301',
      'sends data of whom it found',
      x('zuziehende.person', code('antwortstatus', '01') + x('personendaten', '')),
      {},
      [],
    ],
    [
      '0067',
      'makes German',
      nationality('staatsangehoerigkeit.alt', '163') + nationality('staatsangehoerigkeit.neu', '000'),
      {},
      [],
    ],
    [
      '0067',
      'makes nobody else',
      nationality('staatsangehoerigkeit.alt', '000') + nationality('staatsangehoerigkeit.neu', '163'),
      {},
      ['error S999 xmeld:staatsangehoerigkeit.alt', 'error S999 xmeld:staatsangehoerigkeit.neu'],
    ],
    [
      '0068',
      'ends being German',
      nationality('staatsangehoerigkeit.alt', '000') + nationality('staatsangehoerigkeit.neu', '163'),
      {},
      [],
    ],
    [
      '0065',
      'deletes what has not expired',
      x('ausweisdokument', x('gueltigkeitsdauer', '2026-02-09')),
      {},
      [],
    ],
    [
      '0065',
      'deletes nothing that has expired',
      x('ausweisdokument', x('gueltigkeitsdauer', '2026-02-08')),
      {},
      ['warning S999 xmeld:gueltigkeitsdauer'],
    ],
    [
      '0300',
      'asks by first and family name',
      x(
        'betroffene',
        x('identifikation.person', x('name', x('vornamen', '') + x('ehename.unstrukturiert', ''))),
      ),
      {},
      [],
    ],
    [
      '0300',
      'does not ask by first name alone',
      x('betroffene', x('identifikation.person', x('name', x('vornamen', '')))),
      {},
      ['error S999 xmeld:name'],
    ],
    [
      '0600',
      'asks with an address',
      x('auskunft.anforderung', x('datenZurAnfrage', x('name', '<name>A</name>') + x('anschrift', ''))),
      {},
      [],
    ],
    [
      '0602',
      'does not ask with a birth alone',
      x('auskunft.anforderung', x('datenZurAnfrage', x('name', '<name>A</name>') + x('geburtsdatum', ''))),
      {},
      ['error S999 xmeld:datenZurAnfrage'],
    ],
    [
      '1331',
      'says nothing of eID cards',
      x('ausweisdokument', code('passart', '15')),
      {},
      ['error S999 xmeld:ausweisdokument'],
    ],
    ['0006', 'may be of an eID card', x('ausweisdokument', code('passart', '15')), {}, []],
    ['1705', 'leaves time', x('fristende', '2026-02-08'), TO_PORTAL, ['error S999 xmeld:fristende']],
    [
      '0201',
      'gives no birth of an office',
      x('vertreter', x('name', x('nameJuristischePerson', 'Amt')) + x('geburt', '')),
      {},
      ['error S999 xmeld:geburt'],
    ],
    [
      '0600',
      'is not for advertising',
      x('auskunft.anforderung', x('anfragedaten', x('zumZweckDerWerbungOderAdresshandel', 'true'))),
      {},
      ['error S999 xmeld:zumZweckDerWerbungOderAdresshandel'],
    ],
    ['0930', 'says when somebody moved', code('grund', '4'), {}, ['error S999 xmeld:grund']],
    ['0930', 'says when somebody moved', code('grund', '4') + x('auszugsdatum', '2026-01-31'), {}, []],
    [
      '1330',
      'needs more than name and municipality',
      x('suchprofil', x('auswahldaten', x('anschrift', ''))),
      {},
      ['warning S999 xmeld:auswahldaten'],
    ],
    ['1330', 'needs a sex at least', x('suchprofil', x('auswahldaten', x('geschlecht', ''))), {}, []],
    ['1700', 'goes where the person lives', municipality('05315000'), FROM_PORTAL, []],
    [
      '1700',
      'goes elsewhere for a secondary dwelling',
      municipality('09000009'),
      FROM_PORTAL,
      ['warning S999 code'],
    ],
    [
      '1701',
      'comes with the certificate',
      x('antwortAbrufanfrage', x('auskunft', code('ergebnisstatus', '01'))),
      TO_PORTAL,
      ['error S999 xmeld:auskunft'],
    ],
    [
      '1701',
      'comes with the certificate',
      x('antwortAbrufanfrage', x('auskunft', code('ergebnisstatus', '01') + x('meldebescheinigung', ''))),
      TO_PORTAL,
      [],
    ],
    [
      '1704',
      'names moving out only on another day',
      x(
        'ergaenzendeMeldedaten',
        x('wohnung', x('datumDesBeziehens', '2026-02-01')) + x('datumDesAuszugs', '2026-02-01'),
      ),
      FROM_PORTAL,
      ['warning S999 xmeld:datumDesAuszugs'],
    ],
  ])('%s %s', (type, _what, payload, ends, findings) => {
    expect(found(message(`a.b.${type}`, payload, ends))).toEqual(findings);
  });
});
