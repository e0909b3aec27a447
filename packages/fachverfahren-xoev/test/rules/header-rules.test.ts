import { describe, expect, it } from 'vitest';
import { daysOfRelease, KNOWN_VERSIONS } from '../../src/rules/index.js';
import { bzr, found, message } from './support.js';

const day = (text: string): number => Date.parse(`${text}T12:00:00.000+01:00`);

describe('the head of a message', () => {
  it.each([
    [
      'a root that is no message',
      [[/datenuebermittlung\.bzranfrage\.0430/g, 'bzranfrage']],
      ['error X001 xmeld:bzranfrage'],
    ],
    [
      'another version',
      [['version="25.11a"', 'version="24.05"']],
      ['error V000 xmeld:datenuebermittlung.bzranfrage.0430'],
    ],
    [
      'another namespace',
      [['xmeld2511a', 'xmeld2605']],
      ['error V000 xmeld:datenuebermittlung.bzranfrage.0430'],
    ],
    [
      'no name of the product',
      [[/produkt="[^"]*"/, 'produkt=" "']],
      ['error S030 xmeld:datenuebermittlung.bzranfrage.0430'],
    ],
    [
      'a UUID that is none',
      [[/<nachrichtenUUID>[^<]*/, '<nachrichtenUUID>4711']],
      ['error X001 nachrichtenUUID'],
    ],
    ['a time in the future', [['T10:15:00.000', 'T11:21:00.000']], ['warning S999 erstellungszeitpunkt']],
    ['another directory', [['<code>DVDV</code>', '<code>SAFE</code>']], ['error S011 code']],
  ] as const)('is found with %s', (_what, change, findings) => {
    expect(found(bzr(change))).toEqual(findings);
  });

  it('is found with the UUID of a message that is known', () => {
    const known = '3c1d6c1e-7f1a-4c52-9a37-0d5f4b1b0430';
    expect(found(bzr(), { isKnownUuid: (uuid) => uuid === known })).toEqual(['error S100 nachrichtenUUID']);
  });

  it('is found when it answers itself', () => {
    const own =
      '<xmeld:ursprungsnachricht><nachrichtenUUID>3C1D6C1E-7F1A-4C52-9A37-0D5F4B1B0430</nachrichtenUUID></xmeld:ursprungsnachricht>';
    expect(found(message('onlinedienste.x.1705', own, { reader: 'mbp:1' }))).toContain(
      'error S100 nachrichtenUUID',
    );
  });

  it('of a test message stays out of production', () => {
    expect(found(bzr(), { production: true })).toEqual([
      'error S999 xmeld:datenuebermittlung.bzranfrage.0430',
    ]);
  });

  it('is of a version in force on the day of sending', () => {
    const xml = bzr([[' test="Testnachricht"', '']]);
    expect(found(xml, { production: true, now: day('2026-04-30') })).toEqual([]);
    expect(found(xml, { production: true, now: day('2026-05-01') })).toEqual([
      'error V000 xmeld:datenuebermittlung.bzranfrage.0430',
    ]);
    expect(found(xml, { now: day('2026-05-01') })).toEqual([]);
    const [known] = KNOWN_VERSIONS;
    const served = known === undefined ? [] : [{ ...known, validBefore: '2026-02-09' as never }];
    expect(found(xml, { served })).toEqual(['warning V000 xmeld:datenuebermittlung.bzranfrage.0430']);
  });

  it('has a version that is half a year in force', () => {
    expect(daysOfRelease('25.11a')).toEqual({ validFrom: '2025-11-01', validBefore: '2026-05-01' });
    expect(daysOfRelease('6')).toEqual({});
  });
});

describe('author and reader', () => {
  it.each([
    ['a portal asks', '1700', { author: 'mbp:0815', reader: 'ags:09000009' }, []],
    ['a Meldebehörde may not ask as a portal', '1700', { author: 'ags:05315000' }, ['error S999 kennung']],
    ['an answer goes to a portal', '1701', { reader: 'ags:05315000' }, ['error T080 kennung']],
    ['a code is sent either way', '1706', { author: 'mbp:1' }, []],
    ['a code is sent either way', '1706', { reader: 'mbp:1' }, []],
    ['a code is not sent between authorities', '1706', {}, ['error T080 kennung']],
    ['a Standesamt does not register', '0201', { author: 'psw:01003110' }, ['error S999 kennung']],
    ['any authority searches', '1330', { author: 'dbs:060030020000' }, []],
    ['nobody searches without prefix', '1330', { author: '060030020000' }, ['error S999 kennung']],
    ['the tax office is one', '0500', { reader: 'dbs:490040010000' }, ['error T080 kennung']],
    ['private persons have no prefix', '0600', { author: 'Firma' }, []],
    ['an AGS has eight digits', '0201', { reader: 'ags:0531500' }, ['error T080 kennung']],
  ])('%s (%s)', (_what, type, ends, findings) => {
    expect(found(message(`a.b.${type}`, '', ends))).toEqual(findings);
  });

  it('are municipalities that exist, except in test messages', () => {
    const unknown = { reader: 'ags:05315999' };
    expect(found(message('a.b.0201', '', unknown))).toEqual([]);
    expect(found(message('a.b.0201', '', { ...unknown, attributes: '' }))).toEqual(['warning S999 kennung']);
  });
});
