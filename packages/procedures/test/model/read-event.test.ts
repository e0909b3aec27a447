import { readCaseEvent, upcast } from '@buergerkoffer/procedures/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { edit } from '../support/edit.js';
import { EVENTS } from '../support/case-events.js';
import { refusalOf } from '../support/refusal-of.js';

describe('an event', () => {
  it.each(Object.entries(EVENTS))('%s is read from its own JSON', (_name, event) => {
    expect(readCaseEvent(JSON.stringify(event))).toEqual(event);
  });

  it.each([
    ['an unknown type', EVENTS.data, 'type', 'sold', 'not-allowed', 'type'],
    [
      'an amount in words',
      EVENTS.feeCard,
      'lines[0].amountCents',
      'viel',
      'malformed',
      'lines[0].amountCents',
    ],
    ['a time without zone', EVENTS.data, 'at', '2026-03-02T09:00:00', 'malformed', 'at'],
    ['nobody who did it', EVENTS.data, 'by', [], 'out-of-range', 'by'],
    ['a field too much', EVENTS.data, 'remark', 'x', 'not-allowed', undefined],
    ['a name in Cyrillic', EVENTS.data, 'holder.familyName', 'Иванов', 'not-allowed', 'holder.familyName'],
    ['no place of birth', EVENTS.data, 'holder.birth.place', undefined, 'missing', 'holder.birth.place'],
    [
      'a birth on 30 February',
      EVENTS.data,
      'holder.birth.date',
      '1944-02-30',
      'malformed',
      'holder.birth.date',
    ],
    ['a serial number as case id', EVENTS.requested, 'caseId', 'T22000129', 'malformed', 'caseId'],
    [
      'a service twice',
      EVENTS.requested,
      'services',
      ['personalausweis', 'personalausweis'],
      'not-allowed',
      'services',
    ],
    ['a sum that is wrong', EVENTS.feeCard, 'totalCents', 4601, 'not-allowed', 'totalCents'],
    ['an unknown amount', EVENTS.feeCard, 'lines[0].amountCents', 'unknown', 'not-allowed', 'totalCents'],
    ['a little finger', EVENTS.right, 'finger.position', 'right-little', 'not-allowed', 'finger.position'],
    ['a fourth attempt', EVENTS.right, 'finger.attempts', 4, 'out-of-range', 'finger.attempts'],
    [
      'an image without quality',
      EVENTS.photo,
      'photo.image.quality',
      undefined,
      'missing',
      'photo.image.quality',
    ],
    [
      'a number where nothing was assessed',
      EVENTS.photo,
      'photo.image.quality.value',
      50,
      'not-allowed',
      'photo.image.quality',
    ],
    [
      'a hash in capitals',
      EVENTS.photo,
      'photo.image.sha256',
      'A'.repeat(64),
      'malformed',
      'photo.image.sha256',
    ],
    [
      'a certificate without purpose',
      EVENTS.certificate,
      'request.verwendungszweck',
      undefined,
      'missing',
      'request.verwendungszweck',
    ],
    [
      'an extended certificate without written request',
      EVENTS.certificate,
      'request.anfrageart',
      'NE',
      'missing',
      'request.writtenRequest',
    ],
  ] as const)('with %s is refused', (_what, event, at, value, code, path) => {
    const refusal = refusalOf(() => readCaseEvent(edit(event, at, value)));
    expect({ code: refusal.code, path: refusal.path }).toEqual({ code, path });
  });

  it('that is wrong in every field never shows a value in its message', () => {
    const canary = 'KANARIENVOGEL';
    for (const [path] of leaves(EVENTS.data)) {
      const wrong = edit(EVENTS.data, path, `${canary}\u0007${'x'.repeat(300)}`);
      const refusal = refusalOf(() => readCaseEvent(wrong));
      expect(JSON.stringify(refusal.toJSON()) + String(refusal.stack), path).not.toContain(canary);
    }
  });

  it('of a later release is unsupported', () => {
    expect(refusalOf(() => readCaseEvent({ ...EVENTS.data, schemaVersion: 2 })).code).toBe('unsupported');
  });

  it('that is no JSON, or no object, is malformed', () => {
    for (const json of ['', '{', '[]', '3', 'null']) {
      expect(refusalOf(() => readCaseEvent(json)).kind).toBe('input');
    }
    expect(refusalOf(() => readCaseEvent(' '.repeat(5 * 1024 * 1024))).code).toBe('too-large');
  });

  it('from anywhere gives an event or an InputError', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.anything()), (json) => {
        expect(refusalOf(() => readCaseEvent(json)).kind).toBe('input');
      }),
    );
  });
});

describe('upcasters', () => {
  const lift = (from: number) => (event: Readonly<Record<string, unknown>>) => ({
    ...event,
    schemaVersion: from + 1,
    [`lifted${from}`]: true,
  });

  it('lift an old event step by step', () => {
    expect(upcast({ schemaVersion: 1 }, [lift(1), lift(2)], 3)).toEqual({
      schemaVersion: 3,
      lifted1: true,
      lifted2: true,
    });
    expect(upcast({ schemaVersion: 2 }, [lift(1), lift(2)], 3)).toEqual({ schemaVersion: 3, lifted2: true });
  });

  it('leave the current version and what has none alone', () => {
    expect(upcast({ schemaVersion: 3 }, [lift(1), lift(2)], 3)).toEqual({ schemaVersion: 3 });
    expect(upcast('text', [lift(1)], 2)).toBe('text');
    expect(upcast({ schemaVersion: 'one' }, [lift(1)], 2)).toEqual({ schemaVersion: 'one' });
  });
});

function* leaves(value: unknown, path = ''): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [path, value];
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    yield* leaves(child, path === '' ? key : Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
  }
}
