import { describe, expect, it } from 'vitest';
import {
  checkStringLatin,
  germanLatinFault,
  germanText,
  germanTextOf,
  InputError,
  type ErrorCodes,
  type ErrorKind,
  type ErrorShape,
} from '../src/index.js';

const CODES: { readonly [Kind in ErrorKind]: readonly ErrorCodes[Kind][] } = {
  input: [
    'truncated',
    'malformed',
    'checksum',
    'out-of-range',
    'too-large',
    'unsupported',
    'not-allowed',
    'missing',
  ],
  device: [
    'access-denied',
    'attention',
    'busy',
    'closed',
    'invalid-request',
    'lost',
    'not-found',
    'protocol',
    'timeout',
    'unsupported',
  ],
  storage: ['full', 'read-only', 'corrupt', 'locked', 'missing', 'denied'],
  service: ['unreachable', 'timeout', 'refused', 'rejected', 'protocol', 'unauthorized'],
};

const all = (['input', 'device', 'storage', 'service'] as const).flatMap((kind) =>
  CODES[kind].map((code) => ({ kind, code, ...germanTextOf({ kind, code }) })),
);

describe('germanText', () => {
  it('has whole sentences of its own for every code of every family', () => {
    expect(all).toHaveLength(30);
    for (const { message, remedy } of all) {
      expect(message).toMatch(/^[A-ZÄÖÜ].+\.$/);
      expect(remedy).toMatch(/^[A-ZÄÖÜ].+\.$/);
      expect(message).not.toContain('unerwarteter');
    }
    expect(new Set(all.map(({ message }) => message)).size).toBe(30);
  });

  it('speaks to people, not to engineers', () => {
    const text = JSON.stringify(all.map(({ message, remedy }) => [message, remedy]));
    expect(text).not.toMatch(/udev|Offset|Byte|Timeout|Error|Server|Exception|!/);
  });

  it('is the same by family and code as for an error', () => {
    const error = new InputError('checksum', 'the check digit does not fit');
    expect(germanTextOf(error)).toBe(germanText('input', 'checksum'));
  });

  it('says what the error itself says to the clerk, also after a journey as JSON', () => {
    const error = new InputError('missing', 'no purpose', { germanRemedy: 'Bitte den Zweck angeben.' });
    const read = JSON.parse(JSON.stringify(error)) as ErrorShape;
    expect(germanTextOf(read)).toEqual({
      message: 'Eine erforderliche Angabe fehlt.',
      remedy: 'Bitte den Zweck angeben.',
    });
    expect(read.remedy).toBe('supply what the message names');
  });

  it('has a general text for a code that is not known', () => {
    expect(germanTextOf({ kind: 'device', code: 'on-fire' }).message).toContain('unerwarteter');
    expect(germanTextOf({ kind: 'device', code: 'toString' }).message).toContain('unerwarteter');
  });
});

describe('germanLatinFault', () => {
  const textOf = (text: string): string => {
    const fault = checkStringLatin(text, 'A');
    return fault === undefined ? '' : germanLatinFault(fault).message;
  };

  it('counts from one and names the character, not the text', () => {
    expect(textOf('Erika Иванова')).toBe('Das 7. Zeichen (U+0418) ist in diesem Feld nicht zulässig.');
    expect(textOf('Mu\u0308ller')).toContain('Das 2. Zeichen ist aus Buchstabe und Zusatzzeichen');
  });
});
