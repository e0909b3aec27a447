import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readMessageHeader,
  readRueckweisung,
  writeBzrAnfrage,
  writeRueckweisung,
} from '../../src/xmeld/index.js';
import { SAMPLE } from './samples.js';

const CANARY = 'Kanarienvogel';
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const utf8 = (value: string): Uint8Array => new TextEncoder().encode(value);

const REJECTION = writeRueckweisung({
  frame: { ...SAMPLE, uuid: '5b0c2a52-7b6c-4a1e-9f0e-3f6f5f1f0010' },
  reader: { kennung: 'ags:09000009', name: 'S Stadt' },
  reasons: [{ code: 'S030' }, { code: 'S999', description: 'Der Verwendungszweck fehlt.' }],
  rejected: { uuid: SAMPLE.uuid, type: '0430', created: SAMPLE.erstellungszeitpunkt },
  originalBase64: btoa(`<a>${CANARY}</a>`),
});
const changed = (from: string | RegExp, to: string): Uint8Array => utf8(text(REJECTION).replace(from, to));

describe('the reader of a Rückweisung 0010', () => {
  it('tells which message was rejected and why', () => {
    const rejection = readRueckweisung(REJECTION);
    expect(rejection.rejected).toEqual({ uuid: SAMPLE.uuid, type: '0430' });
    expect(rejection.reasons).toEqual([
      { code: 'S030', meaningDe: 'Ein Pflichtfeld ist leer.', specific: [] },
      {
        code: 'S999',
        meaningDe: 'Die Nachricht wurde aus einem fachlichen Grund abgewiesen.',
        specific: [{ description: 'Der Verwendungszweck fehlt.' }],
      },
    ]);
    expect(rejection.header).toMatchObject({ type: '0010', standard: 'XInneres-Rueckweisung', version: '6' });
  });

  it('leaves the embedded original out of the result', () => {
    const result = JSON.stringify(readRueckweisung(REJECTION));
    expect(result).not.toContain(CANARY);
    expect(result).not.toContain(btoa(`<a>${CANARY}</a>`));
  });

  it('reads single cases, own codes, the checking body and CDATA', () => {
    const body = [
      '<rueckweisung><rueckweisendeStelle><pruefinstanz>Clearingstelle</pruefinstanz></rueckweisendeStelle>',
      '<rueckweisungsgrund><grund listVersionID="3"><code> S020 </code></grund></rueckweisungsgrund>',
      '<nichtVerarbeitbarerEinzelfall><identifikation.ereignis><ereignis.zeichen>KOFFER0001</ereignis.zeichen></identifikation.ereignis>',
      '<grund><grund><code>S011</code></grund><grundSpezifisch><fehlercode><code>47</code></fehlercode>',
      '<fehlerbeschreibung><![CDATA[Liste & Version]]></fehlerbeschreibung></grundSpezifisch></grund></nichtVerarbeitbarerEinzelfall>',
      '</rueckweisung>',
    ].join('');
    const rejection = readRueckweisung(changed(/<rueckweisung>.*<\/rueckweisung>/u, body));
    expect(rejection.rejectedBy).toBe('Clearingstelle');
    expect(rejection.rejected).toBeUndefined();
    expect(rejection.reasons.map(({ code }) => code)).toEqual(['S020']);
    expect(rejection.cases).toEqual([
      {
        eventSign: 'KOFFER0001',
        reasons: [
          {
            code: 'S011',
            meaningDe: 'Die Nachricht enthält einen Code, den es in der Codeliste nicht gibt.',
            specific: [{ code: '47', description: 'Liste & Version' }],
          },
        ],
      },
    ]);
  });

  it('keeps a code that a newer list may hold', () => {
    const rejection = readRueckweisung(changed('>S030<', '>S555<'));
    expect(rejection.reasons[0]).toEqual({
      code: 'S555',
      meaningDe: 'Die Nachricht wurde abgewiesen.',
      specific: [],
    });
  });

  it.each([
    ['another message', writeBzrAnfrage(SAMPLE), 'unsupported'],
    ['another version of the namespace', changed('rueckweisung/6', 'rueckweisung/5'), 'unsupported'],
    ['no reason', changed(/<rueckweisungsgrund>.*<\/rueckweisungsgrund>/u, ''), 'missing'],
    ['a code of another form', changed('>S030<', '>banana<'), 'malformed'],
    [
      'a rejected message without UUID',
      changed(/(<idNachricht><nachrichtenUUID>)[^<]*/u, '$1x'),
      'malformed',
    ],
    ['children with a prefix', changed(/<(\/?)rueckweisung>/gu, '<$1xirts:rueckweisung>'), 'malformed'],
    ['a document type declaration', changed('?>\n', '?><!DOCTYPE x>'), 'not-allowed'],
    ['a cut message', REJECTION.subarray(0, REJECTION.length - 30), 'truncated'],
    ['a page of HTML', utf8('<!doctype html><title>Anmeldung</title>'), 'malformed'],
    ['a description without end', changed('Der Verwendungszweck', 'x'.repeat(5000)), 'too-large'],
    [
      'a thousand reasons and more',
      changed('<rueckweisungsgrund>', '<rueckweisungsgrund></rueckweisungsgrund>'.repeat(1001)),
      'too-large',
    ],
  ])('refuses %s', (_, bytes, code) => {
    expect(() => readRueckweisung(bytes)).toThrow(expect.objectContaining({ name: 'InputError', code }));
  });

  it('reads or refuses a message with any byte changed, and never quotes it', () => {
    fc.assert(
      fc.property(fc.nat(REJECTION.length - 1), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const bytes = Uint8Array.from(REJECTION);
        bytes[at] = byte;
        try {
          readRueckweisung(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(String(error)).not.toContain(btoa(CANARY).slice(0, 12));
        }
      }),
      { numRuns: 800 },
    );
  });
});

describe('the writer of a Rückweisung 0010', () => {
  it('demands a reason, and a description with S999', () => {
    const base = { frame: SAMPLE, reader: { kennung: 'ags:09000009', name: 'S Stadt' }, originalBase64: '' };
    expect(() => writeRueckweisung({ ...base, reasons: [] })).toThrow(
      expect.objectContaining({ code: 'missing', path: 'reasons' }),
    );
    expect(() => writeRueckweisung({ ...base, reasons: [{ code: 'S999' }] })).toThrow(
      expect.objectContaining({ code: 'missing', path: 'reasons[0].description' }),
    );
  });
});

describe('the reader of a header', () => {
  it.each([
    [
      'no UUID',
      /<nachrichtenUUID>[^<]*/u,
      '<nachrichtenUUID>',
      'missing',
      'nachrichtenkopf.g2g/identifikation.nachricht/nachrichtenUUID',
    ],
    ['no version', ' version="25.11a"', '', 'missing', '@version'],
    [
      'a type of three digits',
      '<code>0430<',
      '<code>430<',
      'malformed',
      'nachrichtenkopf.g2g/identifikation.nachricht/nachrichtentyp/code',
    ],
  ])('refuses %s with its path', (_, from, to, code, path) => {
    const bytes = utf8(text(writeBzrAnfrage(SAMPLE)).replace(from, to));
    expect(() => readMessageHeader(bytes)).toThrow(expect.objectContaining({ code, path }));
  });
});
