import { describe, expect, it } from 'vitest';
import { InputError, type ErrorShape } from '@buergerkoffer/formats';
import { DeviceError } from '../../src/device-error.js';
import { errorOf, fieldsOf } from '../../src/wire/wire-error.js';

const fields = (shape: object): ReadonlyMap<string, unknown> => new Map(Object.entries(shape));

describe('an error on the wire', () => {
  it.each([
    new DeviceError('busy', 'it prints', { remedy: 'wait', germanRemedy: 'Bitte warten.' }),
    new DeviceError('lost', 'the cable'),
    new InputError('malformed', 'no such tag', { path: 'image', offset: 7 }),
  ])('arrives as it left: %s', (error) => {
    const there = errorOf(fields(fieldsOf(error)), 'error');
    expect(there.toJSON()).toEqual(error.toJSON());
    expect(there).toBeInstanceOf(error.constructor);
  });

  it('is cut to what the other side believes', () => {
    const endless = 'x'.repeat(5_000);
    const error = new DeviceError('protocol', endless, { remedy: endless, germanRemedy: endless });
    const there = errorOf(fields(fieldsOf(error)), 'error');
    expect([there.message, there.remedy, there.germanRemedy].map((text) => text?.length)).toEqual([
      2_000, 2_000, 2_000,
    ]);
  });

  it('keeps the sentences of a family that core does not know', () => {
    const shape: ErrorShape = { kind: 'storage', code: 'full', message: 'no room', remedy: 'make some' };
    expect(errorOf(fields(shape), 'error')).toMatchObject({ ...shape, kind: 'device', code: 'protocol' });
  });

  it.each([
    ['no remedy', { kind: 'device', code: 'lost', message: 'gone' }],
    ['a number for a sentence', { kind: 'device', code: 'lost', message: 7, remedy: '' }],
    [
      'a German remedy that is none',
      { kind: 'input', code: 'missing', message: '', remedy: '', germanRemedy: [] },
    ],
    ['an offset before the start', { kind: 'input', code: 'missing', message: '', remedy: '', offset: -1 }],
  ])('is refused with %s', (_, shape) => {
    expect(() => errorOf(fields(shape), 'error')).toThrow(InputError);
  });
});
