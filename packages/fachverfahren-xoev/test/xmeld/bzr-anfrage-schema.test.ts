import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBzrAnfrage, writeBzrAnfrage, writeRueckweisung } from '../../src/xmeld/index.js';
import { bzrAnfrage } from './bzr-anfrage-arbitrary.js';
import { FOR_AUTHORITY, SAMPLE } from './samples.js';
import { schemaValidator, withoutSchemas } from './schema.js';

describe.skipIf(withoutSchemas)('messages under the official schema of OSCI-XMeld 25.11a', () => {
  const validate = withoutSchemas ? () => [] : schemaValidator();

  it('judges a message without its Nachrichtenkopf invalid, so the schema is really in force', () => {
    const xml = new TextDecoder().decode(writeBzrAnfrage(SAMPLE)).replace(/<leser>.*<\/leser>/u, '');
    expect(validate(new TextEncoder().encode(xml))).not.toEqual([]);
  });

  it.each([
    ['own purpose', SAMPLE],
    ['authority', FOR_AUTHORITY],
  ])('the sample for %s is valid', (_, message) => {
    expect(validate(writeBzrAnfrage(message))).toEqual([]);
  });

  it('every generated message that passes our rules is valid', () => {
    let written = 0;
    fc.assert(
      fc.property(bzrAnfrage, (message) => {
        if (checkBzrAnfrage(message).some(({ severity }) => severity === 'error')) return;
        written += 1;
        expect(validate(writeBzrAnfrage(message))).toEqual([]);
      }),
      { numRuns: 700, seed: 430 },
    );
    expect(written).toBeGreaterThan(200);
  }, 60_000);

  it('a Rückweisung 0010 is valid with and without the identity of the rejected message', () => {
    const base = {
      frame: { ...SAMPLE },
      reader: { kennung: 'ags:09000009', name: 'S Stadt' },
      reasons: [
        { code: 'S030' as const },
        { code: 'S999' as const, description: 'Der Verwendungszweck fehlt.' },
      ],
      originalBase64: 'PGEvPg==',
    };
    const rejected = {
      uuid: '7d444840-9dc0-4ad1-b245-5ffdce74fad2',
      type: '0430',
      created: SAMPLE.erstellungszeitpunkt,
    };
    expect(validate(writeRueckweisung(base))).toEqual([]);
    expect(validate(writeRueckweisung({ ...base, rejected }))).toEqual([]);
  });
});
