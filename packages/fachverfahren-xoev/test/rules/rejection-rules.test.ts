import { describe, expect, it } from 'vitest';
import { writeRueckweisung } from '../../src/xmeld/index.js';
import type { RueckweisungInput } from '../../src/xmeld/index.js';
import { SAMPLE } from '../xmeld/samples.js';
import { bzr, edited, found } from './support.js';

const original = Buffer.from(bzr()).toString('base64');
const OTHER = '11111111-2222-4333-8444-555555555555';
const INPUT: RueckweisungInput = {
  frame: { ...SAMPLE, uuid: OTHER, autor: { ...SAMPLE.autor, kennung: 'dbs:490040010000' } },
  reader: { kennung: 'ags:09000009', name: 'S Stadt' },
  reasons: [{ code: 'S999', description: 'Aktenzeichen fehlt' }],
  rejected: { uuid: SAMPLE.uuid, type: '0430', created: SAMPLE.erstellungszeitpunkt },
  originalBase64: original,
};
const rejection = (change: Partial<RueckweisungInput> = {}): string =>
  new TextDecoder().decode(writeRueckweisung({ ...INPUT, ...change }));

describe('a Rückweisung', () => {
  it('that is right gives no findings', () => {
    expect(found(rejection())).toEqual([]);
  });

  it('explains another reason', () => {
    const xml = edited(rejection(), [[/<grundSpezifisch>.*<\/grundSpezifisch>/, '']]);
    expect(found(xml)).toEqual(['error S999 rueckweisungsgrund']);
  });

  it('names a message that can be read', () => {
    const xml = edited(rejection(), [[/<idNachricht>.*<\/idNachricht>/, '']]);
    expect(found(xml)).toEqual(['error S999 nachricht']);
    const unreadable = {
      originalBase64: Buffer.from('<a').toString('base64'),
      reasons: [{ code: 'X000' }],
    } as const;
    expect(found(edited(rejection(unreadable), [[/<idNachricht>.*<\/idNachricht>/, '']]))).toEqual([]);
  });

  it('names the message that it holds', () => {
    const uuid = OTHER.replace('1', '2');
    expect(
      found(rejection({ rejected: { uuid, type: '0430', created: SAMPLE.erstellungszeitpunkt } })),
    ).toEqual(['error S999 nachrichtenUUID']);
  });

  it('repeats the time of a message that named it wrongly', () => {
    const rejected = { uuid: SAMPLE.uuid, type: '0430', created: '2026-02-09T10:15:00' };
    expect(found(rejection({ rejected }))).toEqual([]);
  });

  it('has an identity of its own', () => {
    expect(found(rejection({ frame: { ...INPUT.frame, uuid: SAMPLE.uuid } }))).toEqual([
      'error S100 nachrichtenUUID',
    ]);
  });

  it('holds the message in base64', () => {
    const xml = edited(rejection(), [[/<nachricht>[^<]*<\/nachricht>/, '<nachricht>???</nachricht>']]);
    expect(found(xml)).toEqual(['error X001 nachricht']);
  });
});
