import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as messages from '../../src/messages/index.js';
import type { MessageContent } from '../../src/messages/index.js';
import { application } from '../xhd/application.js';
import { schemaValidator, withoutSchemas } from '../xmeld/schema.js';
import { SAMPLE } from '../xmeld/samples.js';
import * as sample from './samples.js';
import { WRITTEN } from './written.js';

const { FRAME, FROM_POLICE, FROM_PORTAL, TO_PORTAL, answering } = sample;

describe.skipIf(withoutSchemas)('a message under the official schema of OSCI-XMeld 25.11a', () => {
  const validate = withoutSchemas ? () => [] : schemaValidator();

  it.each(Object.entries(WRITTEN))('%s is valid, and no rule objects', (_, write) => {
    expect(validate(write())).toEqual([]);
  });
});

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const fault = (write: () => unknown): unknown => {
  try {
    write();
  } catch (error) {
    if (error instanceof InputError) return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
  return undefined;
};

describe('brief content', () => {
  const hint = (hinweis: MessageContent<'xmeld:hinweisnachricht.mitteilung.1500'>['hinweis']): string =>
    text(messages.hinweis1500.write(FROM_POLICE, { ...sample.CONTENT_1500, hinweis }));

  it('gives codes the version of their list, and names and dates what the standard wraps around them', () => {
    const xml = text(WRITTEN['1500']?.() ?? new Uint8Array());
    expect(xml).toContain(
      '<xmeld:geschlecht.abweichend listVersionID="1"><code>w</code></xmeld:geschlecht.abweichend>',
    );
    expect(xml).toContain('<xmeld:nachname><name>Mustermann</name></xmeld:nachname>');
    expect(xml).toContain('<teilbekanntesDatum><jahrMonatTag>1964-08-12</jahrMonatTag></teilbekanntesDatum>');
  });

  it.each([
    ['1964', '<teilbekanntesDatum><jahr>1964</jahr></teilbekanntesDatum>'],
    ['1964-08', '<teilbekanntesDatum><jahrMonat>1964-08</jahrMonat></teilbekanntesDatum>'],
    ['unbekannt', '<unbekannt>true</unbekannt>'],
  ])('knows the partial date %s', (geburtsdatum, written) => {
    const known = { geburtsort: 'Berlin', geburtsdatum };
    expect(hint({ geburt: { 'geburt.abweichend': known, 'geburt.letzterStandMR': known } })).toContain(
      written,
    );
  });

  it('may be given in full', () => {
    const male = { '@listVersionID': '1', code: 'm' } as const;
    const known = { familienstand: { code: 'LD' } } as const;
    expect(
      hint({ geschlecht: { 'geschlecht.abweichend': male, 'geschlecht.letzterStandMR': 'w' } }),
    ).toContain('<code>m</code>');
    expect(
      hint({ familienstand: { 'familienstand.abweichend': known, 'familienstand.letzterStandMR': known } }),
    ).toContain('<code>LD</code>');
  });

  it('takes the versions of lists from the frame', () => {
    const listVersions = { 'urn:de:dsmeld:schluesseltabelle:religion.steuererhebend': '12' };
    const religion = { 'religion.steuer.erhebend': 'rk' } as const;
    const content = {
      ...sample.CONTENT_1500,
      hinweis: { religion: { 'religion.abweichend': religion, 'religion.letzterStandMR': religion } },
    };
    expect(text(messages.hinweis1500.write({ ...FROM_POLICE, listVersions }, content))).toContain(
      'listVersionID="12"',
    );
    expect(fault(() => messages.hinweis1500.write(FROM_POLICE, content))).toMatchObject({
      code: 'missing',
      path: 'hinweis.religion.religion.abweichend.religion.steuer.erhebend',
    });
  });
});

describe('a message is refused', () => {
  const withName = (nachname: string): (() => Uint8Array) => {
    const [one] = sample.CONTENT_0300.betroffene['identifikation.person'];
    return () =>
      messages.datenanforderung0300.write(FRAME, {
        ...sample.CONTENT_0300,
        betroffene: {
          ...sample.CONTENT_0300.betroffene,
          'identifikation.person': [
            {
              geburt: one?.geburt ?? { geburtsdatum: '1964' },
              name: { vornamen: { vornamen: 'Erika' }, 'familienname.unstrukturiert': { nachname } },
            },
          ],
        },
      });
  };

  it('with letters that the schema does not know, without quoting them', () => {
    const found = fault(withName('Мустерман'));
    expect(found).toMatchObject({ code: 'malformed' });
    expect(JSON.stringify(found)).not.toContain('Мустерман');
  });

  it('with what only the rules see', () => {
    expect(fault(withName(''))).toMatchObject({
      code: 'not-allowed',
      message: expect.stringMatching(/^S030/),
    });
    expect(fault(withName('Muster\tmann'))).toMatchObject({ code: 'not-allowed' });
  });

  it('to a reader that the standard does not name', () => {
    const wrong = () =>
      messages.meldebescheinigungAnfrage1700.write(
        { ...FROM_PORTAL, leser: sample.TO_PORTAL.leser },
        sample.CONTENT_1700,
      );
    expect(fault(wrong)).toMatchObject({ code: 'not-allowed', message: expect.stringMatching(/^T080/) });
  });

  it('as an answer to a message of another type', () => {
    const wrong = () => messages.datenbereitstellung0301.write(answering(FRAME, '1330'), sample.CONTENT_0301);
    expect(fault(wrong)).toMatchObject({ code: 'not-allowed' });
  });

  it('with a status that its text does not allow', () => {
    const content = { ...sample.CONTENT_1705, status: '02' } as const;
    const frame = answering(TO_PORTAL, '1704');
    expect(fault(() => messages.statusmitteilung1705.write(frame, content))).toMatchObject({
      code: 'not-allowed',
    });
    expect(messages.statusmitteilung1705.check(frame, content).map(({ severity }) => severity)).toContain(
      'error',
    );
  });

  it('under a frame without a point in time', () => {
    const frame = { ...FRAME, erstellungszeitpunkt: '2026-02-09T10:15:00' };
    expect(fault(() => messages.dokument0006.write(frame, sample.CONTENT_0006))).toMatchObject({
      code: 'not-allowed',
    });
  });

  it('in production while it is a test', () => {
    const write = () => messages.dokument0006.write(FRAME, sample.CONTENT_0006, { production: true });
    expect(fault(write)).toMatchObject({ code: 'not-allowed' });
  });
});

it.skipIf(withoutSchemas)(
  'a message of any names and dates is written valid, or refused with a typed error',
  () => {
    const validate = schemaValidator();
    const letters = fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('Mustermann', "O'Neill-Straße", 'M̂a̋ria') },
      { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(..."aÄßé-' .\tЖ😀&<"), maxLength: 12 }) },
    );
    const date = fc.oneof(
      fc.constantFrom('1964', '1964-08', '1964-08-12', 'unbekannt', '1964-13-40', ''),
      fc.string({ maxLength: 10 }),
    );
    let written = 0;
    fc.assert(
      fc.property(
        letters,
        letters,
        date,
        fc.constantFrom('09000009', '09000009', 'x'),
        (family, given, born, ags) => {
          const identifikation = {
            ...sample.IDENTIFICATION,
            'familienname.unstrukturiert': family,
            vornamen: given,
            geburt: { geburtsdatum: born },
            anschrift: { ...sample.IDENTIFICATION.anschrift, gemeindeschluessel: ags },
          };
          try {
            const bytes = messages.selbstauskunftAnfrage1708.write(FROM_PORTAL, { identifikation });
            expect(validate(bytes)).toEqual([]);
            written += 1;
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
      { numRuns: 150, seed: 1708 },
    );
    expect(written).toBeGreaterThan(15);
  },
);

describe('a Rückweisung', () => {
  const input = {
    frame: { ...SAMPLE, uuid: '7d444840-9dc0-4ad1-b245-5ffdce74fad2' },
    reader: sample.FRAME.leser,
    reasons: [{ code: 'S030' }],
    originalBase64: 'PGEvPg==',
  } as const;
  const rejected = { uuid: SAMPLE.uuid, type: '0430', created: SAMPLE.erstellungszeitpunkt };

  it('names what it rejects, and leaves whatever the rejected message said of itself', () => {
    const odd = { ...input, reader: { kennung: 'niemand', name: 'N' }, rejected };
    expect(messages.writeRueckweisung({ ...odd, frame: SAMPLE }).length).toBeGreaterThan(0);
    expect(text(messages.writeRueckweisung({ ...input, rejected }))).toContain(SAMPLE.uuid);
  });

  it('is not written when it could not be valid', () => {
    const created = 'gestern';
    expect(
      fault(() => messages.writeRueckweisung({ ...input, rejected: { ...rejected, created } })),
    ).toMatchObject({
      code: 'malformed',
    });
  });
});

describe('the person of an application', () => {
  it('is identified by name, birth and address', () => {
    const identifikation = messages.identificationOf(
      application({ birth: { date: '1944-08', place: 'Berlin' } }).holder,
    );
    const xml = text(messages.selbstauskunftAnfrage1708.write(FROM_PORTAL, { identifikation }));
    expect(xml).toContain('<jahrMonat>1944-08</jahrMonat>');
    expect(xml).toMatch(/strasse>Heidestraße</);
  });

  it('is not identified without a dwelling in Germany', () => {
    const { holder } = application({ address: { kind: 'none-in-germany' } });
    expect(fault(() => messages.identificationOf(holder))).toMatchObject({
      code: 'missing',
      path: 'address',
    });
  });
});
