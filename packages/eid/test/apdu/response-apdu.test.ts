import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeResponse, encodeResponse, statusMeaning } from '@buergerkoffer/eid';

describe('decodeResponse', () => {
  it('takes the last two bytes for the status and gives back what was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 0, max: 0xffff }), (data, sw) => {
        expect(decodeResponse(encodeResponse({ data, sw }))).toEqual({ data, sw });
      }),
    );
  });

  it('refuses less than a status and more than an answer can hold', () => {
    expect(() => decodeResponse(new Uint8Array(1))).toThrow(
      expect.objectContaining({ code: 'truncated', offset: 1 }),
    );
    expect(() => decodeResponse(new Uint8Array(65_539))).toThrow(
      expect.objectContaining({ code: 'too-large' }),
    );
  });
});

describe('statusMeaning', () => {
  it.each([
    [0x9000, 'done'],
    [0x6282, 'warning'],
    [0x6982, 'refused'],
    [0x6110, 'done'],
    [0x62f1, 'warning'],
    [0x6fff, 'refused'],
  ])('puts %i into its class', (sw, outcome) => {
    expect(statusMeaning(sw).outcome).toBe(outcome);
  });

  it('tells how many tries are left', () => {
    expect(statusMeaning(0x63c1).triesLeft).toBe(1);
    expect(statusMeaning(0x63c0).triesLeft).toBe(0);
    expect(statusMeaning(0x6300).triesLeft).toBeUndefined();
  });
});
