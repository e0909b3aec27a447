import { describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';

describe('koffer din91379', () => {
  it('says of which data types a text is, and how machines write it', async () => {
    const { code, json } = await koffer(['din91379', 'Müller 2', '--json']);
    expect(code).toBe(0);
    expect(json).toEqual([
      {
        type: 'din91379',
        text: 'Müller 2',
        datatype: 'C',
        valid: true,
        datatypes: ['B', 'C', 'D', 'E'],
        isNfc: true,
        mrz: 'MUELLER<2',
        ascii: 'Mueller 2',
      },
    ]);
  });

  it('points at the first character that the type does not have', async () => {
    const { code, json, out } = await koffer(['din91379', 'Erika Иванова', '--type', 'A', '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({
      valid: false,
      fault: { reason: 'not-in-repertoire', position: 6, grapheme: 6, character: 'И', codePoint: 'U+0418' },
      datatypes: ['E'],
    });
    expect(json[0]).not.toHaveProperty('mrz');
    expect(out).toContain('Das 7. Zeichen');
  });

  it('gives normal form C of a text that is not in it', async () => {
    const { code, json } = await koffer(['din91379', 'Mu\u0308ller', '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({
      fault: { reason: 'not-nfc' },
      isNfc: false,
      nfc: 'Müller',
      mrz: 'MUELLER',
    });
  });

  it('reads a text per line, the worst of them counts', async () => {
    const { code, out } = await koffer(['din91379', '-', '--type', 'A'], 'Anna\r\nBernd 2\n');
    expect(code).toBe(1);
    expect(out).toBe(
      'Anna: data type A\n  data types: A B C D E\n  MRZ: ANNA\n  ASCII: Anna\n' +
        'Bernd 2: character 7 (U+0032) is not in data type A\n  data types: B C D E\n  MRZ: BERND<2\n  ASCII: Bernd 2\n',
    );
  });

  it.each([
    [['din91379', 'x', '--type', 'F'], undefined, 2],
    [['din91379'], undefined, 2],
    [['din91379', '-'], Uint8Array.of(0xc3), 1],
  ])('refuses %j', async (args, input, exit) => {
    const { code, json } = await koffer([...args, '--json'], input);
    expect(code).toBe(exit);
    expect(json[0]).toMatchObject({ type: 'error' });
  });
});
