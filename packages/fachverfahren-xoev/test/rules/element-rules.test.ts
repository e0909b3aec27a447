import { describe, expect, it } from 'vitest';
import { edited, found, message } from './support.js';

/** Findings in a payload of a message that has no rules of its own. */
const of = (payload: string, attributes = 'test="x"'): readonly string[] =>
  found(message('fortschreibung.x.0003', payload, { attributes }));
const x = (name: string, content: string): string => `<xmeld:${name}>${content}</xmeld:${name}>`;

describe('texts', () => {
  it.each([
    ['a mandatory text is empty', x('vornamen', '<name> </name>'), ['error S030 name']],
    ['an optional text is empty', x('freitext', ''), ['warning S030 xmeld:freitext']],
    ['an element with parts may have none', x('verwendungszweck', ''), []],
    ['free text has lines', x('freitext', 'eins\nzwei\tdrei'), []],
    ['free text is of datatype C as well', x('freitext', 'ω'), ['error X001 xmeld:freitext']],
    ['a place has one line', x('geburtsort', 'S\nStadt'), ['error S999 xmeld:geburtsort']],
    ['a letter is decomposed', x('geburtsort', 'Mu\u0308nchen'), ['error X001 xmeld:geburtsort']],
    ['a name holds a digit', x('vornamen', '<name>Erika 2</name>'), ['warning S999 name']],
    ['the name of an authority may', x('abteilung', '<name>Amt 2</name>'), []],
    [
      'white space around a code does not count',
      x('familienstand', '<code>\n LD\n</code><name>\n ledig\n</name>'),
      [],
    ],
    ['bytes in base64 have lines', x('pdf', `<inhalt>${'QUJD\n'.repeat(30)}</inhalt>`), []],
  ])('%s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });

  it('of a free search may hold placeholders in names', () => {
    const name = x('nachname', '<name>Muster*</name>');
    expect(found(message('a.b.1332', name))).toEqual([]);
    expect(found(message('a.b.1330', name))).toEqual(['warning S999 name']);
  });
});

describe('numbers', () => {
  it.each([
    ['a right IdNr', '<idNr>86095742719</idNr>', []],
    ['a wrong digit in an IdNr', '<idNr>86095742718</idNr>', ['error S999 idNr']],
    ['an IdNr with spaces', '<idNr>86 095 742 719</idNr>', ['error X001 idNr']],
    ['a right serial number', '<seriennummer>T220001293</seriennummer>', []],
    [
      'a wrong check digit of a serial number',
      '<seriennummer>T220001294</seriennummer>',
      ['error S999 seriennummer'],
    ],
    ['a vowel in a serial number', '<seriennummer>A22O00129</seriennummer>', ['error S999 seriennummer']],
    ['a right AZR number', '<azrNummer>800214123456</azrNummer>', []],
    ['a month 13 in an AZR number', '<azrNummer>801314123456</azrNummer>', ['error X001 azrNummer']],
    ['two doctoral degrees', '<doktorgrad>Dr. Dr.eh.</doktorgrad>', []],
    [
      'an academic degree that is none in a passport',
      '<doktorgrad>Prof.</doktorgrad>',
      ['error S999 doktorgrad'],
    ],
    ['a degree with two spaces', '<doktorgrad>Dr.  Dr.</doktorgrad>', ['error S999 doktorgrad']],
  ])('are looked at: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });

  it('of a free search may have placeholders for degrees', () => {
    expect(found(message('a.b.1332', '<doktorgrad>Dr.*</doktorgrad>'))).toEqual([]);
  });

  it('of the range for tests are of no person', () => {
    expect(of('<idNr>02476291358</idNr>')).toEqual([]);
    expect(of('<idNr>02476291358</idNr>', '')).toEqual(['warning S999 idNr']);
  });
});

describe('dates', () => {
  const born = (day: string): string =>
    x('geburtsdatum', `<teilbekanntesDatum><jahrMonatTag>${day}</jahrMonatTag></teilbekanntesDatum>`);
  it.each([
    ['a birth today', x('geburt', born('2026-02-09')), []],
    ['a birth tomorrow', x('geburt', born('2026-02-10')), ['error S999 xmeld:geburtsdatum']],
    [
      'a birth in a month to come',
      x('geburtsdatum', '<teilbekanntesDatum><jahrMonat>2026-03</jahrMonat></teilbekanntesDatum>'),
      ['error S999 xmeld:geburtsdatum'],
    ],
    [
      'a birth of this year',
      x('geburtsdatum', '<teilbekanntesDatum><jahr>2026</jahr></teilbekanntesDatum>'),
      [],
    ],
    ['an unknown birth', x('geburtsdatum', '<unbekannt>true</unbekannt>'), []],
    ['a birth 126 years ago', born('1900-02-08'), ['warning S999 xmeld:geburtsdatum']],
    [
      '29 February of a common year',
      x('datumDesAuszugs', '2025-02-29'),
      ['error X001 xmeld:datumDesAuszugs'],
    ],
    ['29 February of a leap year', x('datumDesAuszugs', '2024-02-29'), []],
    ['a month in the field of a day', '<jahrMonatTag>2024-02</jahrMonatTag>', ['error X001 jahrMonatTag']],
    ['a month 13', '<jahrMonat>2024-13</jahrMonat>', ['error X001 jahrMonat']],
    [
      'a death before the birth',
      x('person', born('1980-05-01') + '<sterbetag>1979-05-01</sterbetag>'),
      ['error S999 sterbetag'],
    ],
    ['a death in the future', '<sterbetag>2026-03-01</sterbetag>', ['error S999 sterbetag']],
    [
      'a document valid before it was issued',
      '<ausweisdokument><gueltigkeitsdauer>2024-01-01</gueltigkeitsdauer><ausstellungsdatum>2024-01-02</ausstellungsdatum></ausweisdokument>',
      ['error S999 gueltigkeitsdauer'],
    ],
    [
      'a document to be issued',
      '<ausstellungsdatum>2026-02-10</ausstellungsdatum>',
      ['error S999 ausstellungsdatum'],
    ],
    [
      'moving out before moving in',
      x(
        'wohnung',
        '<datumDesAuszugs><teilbekanntesDatum><jahrMonat>2020-01</jahrMonat></teilbekanntesDatum></datumDesAuszugs><datumDesBeziehens><datum>2020-02-01</datum></datumDesBeziehens>',
      ),
      ['error S999 datumDesAuszugs'],
    ],
    [
      'moving in and out within a month that is known in part',
      x(
        'wohnung',
        '<datumDesAuszugs><teilbekanntesDatum><jahrMonat>2020-02</jahrMonat></teilbekanntesDatum></datumDesAuszugs><datumDesBeziehens><datum>2020-02-01</datum></datumDesBeziehens>',
      ),
      [],
    ],
    [
      'an event without milliseconds',
      '<ereignis.zeitpunkt>2026-02-09T10:00:00+01:00</ereignis.zeitpunkt>',
      ['error S999 ereignis.zeitpunkt'],
    ],
  ])('are looked at: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });
});

describe('addresses', () => {
  const inland = (fields: Readonly<Record<string, string>>): string =>
    x(
      'anschrift.inland',
      Object.entries({ postleitzahl: '60000', strasse: 'Weg', wohnort: 'S Stadt', ...fields })
        .map(([name, text]) => `<${name}>${text}</${name}>`)
        .join(''),
    );
  it.each([
    ['a postal code of four digits', { postleitzahl: '6000' }, ['error S999 postleitzahl']],
    ['a postal code 00…', { postleitzahl: '00123' }, ['error S999 postleitzahl']],
    ['a street of 55 characters', { strasse: 'x'.repeat(55) }, []],
    ['a street of 56 characters', { strasse: 'x'.repeat(56) }, ['error S999 strasse']],
    ['a place of 41 characters', { wohnort: 'x'.repeat(41) }, ['error S999 wohnort']],
    ['a holder of 27 characters', { wohnungsinhaber: 'x'.repeat(27) }, ['warning S999 wohnungsinhaber']],
    ['an addition of 22 characters', { zusatzangaben: 'x'.repeat(22) }, ['warning S999 zusatzangaben']],
    ['a letter in the number', { hausnummer: '3a' }, ['error X001 hausnummer']],
    ['no street but a number', { strasse: 'Hausnummer', hausnummer: '3' }, []],
    ['no street and no number', { strasse: 'ohne Hausnummer' }, []],
    ['the word for a number without one', { strasse: 'Hausnummer' }, ['error S999 strasse']],
    [
      'the word for no number with one',
      { strasse: 'ohne Hausnummer', hausnummer: '3' },
      ['error S999 strasse'],
    ],
  ])('in Germany are looked at: %s', (_what, fields, findings) => {
    expect(of(inland(fields))).toEqual(findings);
  });

  it('in a search may have a part of the postal code', () => {
    expect(found(message('a.b.1332', inland({ postleitzahl: '60' })))).toEqual([]);
  });

  const line = (number: number, text = 'Rue 1'): string =>
    `<zeile.anschrift><zeilennummer>${number}</zeilennummer><inhalt>${text}</inhalt></zeile.anschrift>`;
  const foreign = (lines: string, staat = '129'): string =>
    `<ausland><staat listVersionID="2024-08-01"><code>${staat}</code></staat><anschriftzone>${lines}</anschriftzone></ausland>`;
  it.each([
    ['two lines from 4 on', foreign(line(4) + line(5)), []],
    ['lines from 1 on', foreign(line(1) + line(2)), ['error S999 zeilennummer', 'error S999 zeilennummer']],
    ['one line', foreign(line(4)), ['error X001 anschriftzone']],
    ['a gap', foreign(line(4) + line(6)), ['error S999 zeilennummer']],
    ['a line of 36 characters', foreign(line(4, 'x'.repeat(36)) + line(5)), ['error X001 inhalt']],
    ['Germany', foreign(line(4) + line(5), '000'), ['error S999 staat']],
    [
      'Germany as the state of a death',
      '<sterbeortStaat listVersionID="2024-08-01"><code>000</code></sterbeortStaat>',
      ['error S999 sterbeortStaat'],
    ],
    [
      'a foreign state of a death',
      '<sterbeortStaat listVersionID="2024-08-01"><code>129</code></sterbeortStaat>',
      [],
    ],
  ])('abroad are looked at: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });
});

describe('documents', () => {
  const document = (passart: string, more = ''): string =>
    `<ausweisdokument><passart><code>${passart}</code></passart>${more}</ausweisdokument>`;
  it.each([
    [
      'an eID card with its day of issue',
      document('15', '<ausstellungsdatum>2024-01-01</ausstellungsdatum>'),
      ['error S999 ausstellungsdatum'],
    ],
    [
      'a passport with its day of issue',
      document('01', '<ausstellungsdatum>2024-01-01</ausstellungsdatum>'),
      [],
    ],
    ['an identity card and a passport', document('09') + document('01'), []],
    [
      'two identity cards',
      document('09') + document('01') + document('09'),
      ['error S999 ausweisdokument[3]'],
    ],
  ])('of a person are looked at: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });
});

describe('events', () => {
  const event = (sign: string, time = '2026-02-09T10:00:00.000+01:00'): string =>
    x(
      'identifikation.ereignis',
      `<ereignis.zeitpunkt>${time}</ereignis.zeitpunkt><ereignis.zeichen>${sign}</ereignis.zeichen>`,
    );
  it.each([
    ['two signs', event('A1') + event('A2'), []],
    ['one sign twice', event('A1') + event('A1'), ['error S999 ereignis.zeichen']],
    ['101 characters', event('x'.repeat(101)), ['error S999 ereignis.zeichen']],
    ['eight umlauts', event('Aäöüßäöüß'), []],
    ['nine umlauts', event('Aäöüßäöüßä'), ['error S999 ereignis.zeichen']],
    [
      'a time after that of the message',
      event('A1', '2026-02-09T10:15:00.001+01:00'),
      ['warning S999 ereignis.zeitpunkt'],
    ],
  ])('of a message are looked at: %s', (_what, payload, findings) => {
    expect(of(payload)).toEqual(findings);
  });
});

it('finds the same in a message whose elements have another prefix', () => {
  const xml = message('fortschreibung.x.0003', x('geburtsort', 'ω'));
  expect(
    found(
      edited(xml, [
        [/xmeld:/g, 'q:'],
        ['xmlns:xmeld', 'xmlns:q'],
      ]),
    ),
  ).toEqual(['error X001 q:geburtsort']);
});
