import { describe, expect, it } from 'vitest';
import { koffer } from '../support/koffer.js';

const CARD = [
  'IDD<<T220001293<<<<<<<<<<<<<<<',
  '6408125<2010315D<<<<<<<<<<<<<4',
  'MUSTERMANN<<ERIKA<<<<<<<<<<<<<',
];
const PASSPORT = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

describe('koffer mrz', () => {
  it('reads a card', async () => {
    const { code, json } = await koffer(['mrz', ...CARD, '--on', '2026-02-09', '--json']);
    expect(code).toBe(0);
    expect(json).toEqual([
      {
        type: 'mrz',
        valid: true,
        mrz: expect.objectContaining({
          format: 'TD1',
          documentNumber: 'T22000129',
          surname: 'MUSTERMANN',
          birthDate: '1964-08-12',
          expiryDate: '2020-10-31',
        }),
        findings: [],
      },
    ]);
  });

  it('reads a passport from standard input, as a sheet for people', async () => {
    const { code, out } = await koffer(['mrz', '-', '--on', '2026-02-09'], `${PASSPORT.join('\n')}\n`);
    expect(code).toBe(0);
    expect(out).toContain('Geburtsdatum:        12.08.1974\n');
    expect(out).toContain('every check digit fits\n');
  });

  it('tells every check digit that does not fit, and what can be read all the same', async () => {
    const wrong = PASSPORT.map((line) => line.replace('7408122', '7408123'));
    const { code, json } = await koffer(['mrz', ...wrong, '--json']);
    expect(code).toBe(1);
    expect(json[0]).toMatchObject({
      valid: false,
      mrz: { surname: 'ERIKSSON' },
      findings: [
        { code: 'checksum', path: 'birthDate', german: { message: 'Eine Prüfziffer stimmt nicht.' } },
        { code: 'checksum', path: 'composite' },
      ],
    });
  });

  it('repairs what recognition mistakes when it is asked to', async () => {
    const mistaken = PASSPORT.map((line) => line.replace('1204159', '12O4159'));
    expect((await koffer(['mrz', ...mistaken])).code).toBe(1);
    expect((await koffer(['mrz', ...mistaken, '--repair'])).code).toBe(0);
  });

  it.each([
    [['mrz', 'ABC'], 1],
    [['mrz'], 2],
    [['mrz', ...CARD, '--on', 'gestern'], 1],
  ])('refuses %j', async (args, exit) => {
    expect((await koffer([...args, '--json'])).code).toBe(exit);
  });
});
