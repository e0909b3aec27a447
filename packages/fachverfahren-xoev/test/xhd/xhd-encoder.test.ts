import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { checkOrder, PRINTED_XHD, readSerialNumberFile } from '../../src/xhd/index.js';
import type { XhdMessage } from '../../src/xhd/index.js';
import { GID_APP, HEAD, order } from './samples.js';

const encode = (message: XhdMessage): string => new TextDecoder().decode(PRINTED_XHD.encode(message));
const decode = (xml: string) => PRINTED_XHD.decode(new TextEncoder().encode(xml));
const fault = (xml: string): unknown => {
  try {
    decode(xml);
  } catch (error) {
    if (error instanceof InputError) return [error.code, error.path];
    throw error;
  }
  return undefined;
};

const REPORT = {
  AntragsID: 'A-0001',
  Status: false,
  Fehlerbeschreibungen: [{ Fehlernummer: 4711, Fehlerbeschreibung: 'Bild' }],
};

/** One of each message. */
const MESSAGES: readonly XhdMessage[] = [
  order(),
  {
    nachricht: 'BestellungSeriennummern',
    Nachrichtenkopf: HEAD,
    Nutzdaten: { BKZ: 'L0GX', Anzahl: 100 },
  },
  {
    nachricht: 'Quittierung',
    Nachrichtenkopf: HEAD,
    Nutzdaten: { Quittierungen: [{ AntragsID: 'A-0001', Status: true }] },
  },
  {
    nachricht: 'Auftragsinformation',
    Nachrichtenkopf: HEAD,
    Nutzdaten: { Auftragsinformationen: [REPORT, REPORT] },
  },
  {
    nachricht: 'Lieferinformation',
    Nachrichtenkopf: HEAD,
    Nutzdaten: {
      Lieferinformationen: [
        {
          art: 'LieferinformationDokumentType',
          AntragsID: 'A-0001',
          QuittierungErforderlich: true,
          Sperrkennwort: 'Wort',
          Sperrsumme: '00ff',
        },
        {
          art: 'LieferinformationSeriennummerType',
          AntragsID: 'A-2',
          QuittierungErforderlich: false,
          Seriennummern: 'AAAA',
        },
      ],
    },
  },
  {
    nachricht: 'Reklamationsinformation',
    Nachrichtenkopf: HEAD,
    Nutzdaten: {
      Reklamationsinformationen: [{ ...REPORT, RuecksendungAnBehoerde: true, Infoblatt: 'JVBERg==' }],
    },
  },
  {
    nachricht: 'Fehlerinformation',
    Nachrichtenkopf: HEAD,
    Nutzdaten: {
      FehlerhafteNachricht: 'PGEvPg==',
      Fehlerbeschreibung: { Fehlernummer: 1, Fehlerbeschreibung: 'unlesbar' },
    },
  },
];

describe('the printed shape of XhD', () => {
  it.each(MESSAGES.map((message) => [message.nachricht, message] as const))(
    'writes %s and reads it back',
    (_, message) => {
      expect(decode(encode(message))).toEqual({ message, foreign: [] });
    },
  );

  it('writes the same bytes for the same message, and after reading it', () => {
    const once = encode(order());
    expect(encode(order())).toBe(once);
    expect(encode(decode(once).message)).toBe(once);
  });

  it('qualifies its elements, leaves `code` unqualified and names the concrete type', () => {
    const xml = encode(order());
    expect(xml).toContain('<xhd:BestellungDokument xmlns:xhd="http://www.bsi.de/trxhd/1.6"');
    expect(xml).toContain('<xhd:Antrag xsi:type="xhd:AntragsdatensatzPersonalausweisType">');
    expect(xml).toContain(
      '<xhd:Produktart listURI="urn:de:xhd:codelisten:dokumentenartcodecontenttype" listVersionID="1.0"><code>PA</code></xhd:Produktart>',
    );
    expect(xml).toContain(`<xhd:Biometrie>${GID_APP}</xhd:Biometrie>`);
    expect(xml).toContain('<xhd:ZertifizierungsID>BSI-K-TR-0000-0000</xhd:ZertifizierungsID>');
  });

  it('reads any prefix, and white space between elements', () => {
    const xml = encode(order())
      .replaceAll('xhd:', 'x:')
      .replace('xmlns:xhd', 'xmlns:x')
      .replaceAll('><', '>\n <');
    expect(decode(xml).message).toMatchObject({ nachricht: 'BestellungDokument', Nachrichtenkopf: HEAD });
  });

  it('tells signature and encrypted data by name and reads the header of an encrypted order', () => {
    const xml = encode({ ...order(), Nutzdaten: undefined }).replace(
      '</xhd:BestellungDokument>',
      '<e:EncryptedData xmlns:e="http://www.w3.org/2001/04/xmlenc#"><e:CipherData/></e:EncryptedData></xhd:BestellungDokument>',
    );
    const read = decode(xml);
    expect(read.message.Nutzdaten).toBeUndefined();
    expect(read.foreign).toEqual([{ uri: 'http://www.w3.org/2001/04/xmlenc#', local: 'EncryptedData' }]);
  });

  it.each([
    ['another namespace', /trxhd\/1\.6/g, 'trxhd/1.8', ['unsupported', undefined]],
    ['another version', '>1.6.1<', '>1.8.0<', ['unsupported', 'Nachrichtenkopf.Version_XhD']],
    [
      'a missing element',
      /<xhd:Geburt>.*<\/xhd:Geburt>/,
      '',
      ['missing', '/xhd:BestellungDokument/xhd:Nutzdaten/xhd:Antraege/xhd:Antrag/xhd:Personendaten'],
    ],
    [
      'an unknown element',
      '<xhd:Geburt>',
      '<xhd:Neu/><xhd:Geburt>',
      [
        'not-allowed',
        '/xhd:BestellungDokument/xhd:Nutzdaten/xhd:Antraege/xhd:Antrag/xhd:Personendaten/xhd:Neu',
      ],
    ],
    [
      'an element twice',
      /(<xhd:Groesse>160<\/xhd:Groesse>)/,
      '$1$1',
      [
        'not-allowed',
        '/xhd:BestellungDokument/xhd:Nutzdaten/xhd:Antraege/xhd:Antrag/xhd:Personendaten/xhd:Groesse[2]',
      ],
    ],
    [
      'a type that is abstract',
      ' xsi:type="xhd:AntragsdatensatzPersonalausweisType"',
      '',
      ['missing', '/xhd:BestellungDokument/xhd:Nutzdaten/xhd:Antraege/xhd:Antrag'],
    ],
    ['a code of no list', '<code>PA</code>', '<code>XX</code>', ['malformed', 'Nachrichtenkopf.Produktart']],
    [
      'a qualified code',
      '<code>PA</code>',
      '<xhd:code>PA</xhd:code>',
      ['malformed', '/xhd:BestellungDokument/xhd:Nachrichtenkopf/xhd:Produktart'],
    ],
    [
      'text between elements',
      '<xhd:Geburt>',
      'frei<xhd:Geburt>',
      ['not-allowed', '/xhd:BestellungDokument/xhd:Nutzdaten/xhd:Antraege/xhd:Antrag/xhd:Personendaten'],
    ],
    [
      'a document type',
      '<xhd:BestellungDokument',
      '<!DOCTYPE a><xhd:BestellungDokument',
      ['not-allowed', undefined],
    ],
  ])('refuses %s', (_, from, to, expected) => {
    const xml = encode(order());
    const changed = xml.replace(from, to);
    expect(changed).not.toBe(xml);
    expect(fault(changed)).toEqual(expected);
  });

  it('refuses a message cut anywhere, and one with any byte changed gives a message or a typed error', () => {
    const bytes = PRINTED_XHD.encode(order());
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        expect(() => PRINTED_XHD.decode(bytes.subarray(0, at))).toThrow(InputError);
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        try {
          PRINTED_XHD.decode(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(String(error)).not.toContain('Mustermann');
        }
      }),
      { numRuns: 60 },
    );
  });

  it('loses no text of another standard: what it cannot embed it refuses', () => {
    const mixed = GID_APP.replace('<Records>', 'text<Records>');
    const whole = Buffer.from(PRINTED_XHD.encode(order())).toString();
    expect(() => decode(whole.replace('<Records>', 'text<Records>'))).toThrow(
      expect.objectContaining({ code: 'unsupported' }),
    );
    expect(() => encode(order({ gidApp: mixed }))).toThrow(InputError);
  });

  it('writes nothing that is not of the model', () => {
    const wrong = { ...order(), Nachrichtenkopf: { ...HEAD, NachrichtenID: 'mit Leerzeichen' } };
    expect(() => PRINTED_XHD.encode(wrong)).toThrow(InputError);
  });
});

describe('a list of serial numbers', () => {
  const file = (body: string): string => Buffer.from(body, 'latin1').toString('base64');
  const LIST =
    '[APPLICATION]\r\nX\r\n[ABKZ]\r\nL0GX\r\n[ZAP_COUNTER]\r\n3\r\n[ZAP_LISTE]\r\n00012;00023;\r\n00034;\r\n';

  it('is read', () => {
    expect(readSerialNumberFile(file(LIST))).toEqual({
      behoerdenkennzahl: 'L0GX',
      numbers: ['00012', '00023', '00034'],
    });
  });

  it.each([
    ['checksum', LIST.replace('\r\n3\r\n', '\r\n4\r\n')],
    ['malformed', LIST.replace('00012;', '0001;')],
    ['malformed', LIST.replace('00034;', '00034')],
    ['missing', LIST.replace('L0GX', '')],
    ['malformed', `x\r\n${LIST}`],
  ])('with a fault is %s', (code, text) => {
    expect(() => readSerialNumberFile(file(text))).toThrow(expect.objectContaining({ code }));
  });
});

it('an order of the sample has no finding', () => {
  expect(checkOrder(order())).toEqual([]);
});
