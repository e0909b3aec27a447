import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUsbLanguages, parseUsbString } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';

const units = (text: string): readonly number[] =>
  [...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) & 0xff, text.charCodeAt(i) >> 8]);
const descriptor = (body: readonly number[], length = body.length + 2): Uint8Array =>
  Uint8Array.from([length, 3, ...body]);

describe('a string descriptor', () => {
  it.each(['', 'U.are.U® 4500', 'Straßenbahn', '𝔘𝔖𝔅'])('holds the text %j', (text) => {
    expect(parseUsbString(descriptor(units(text)))).toBe(text);
  });

  it.each<[string, Uint8Array, object]>([
    ['of odd length', descriptor([0x41, 0, 0x42]), { code: 'malformed', offset: 0 }],
    ['cut short', descriptor([0x41, 0], 10), { code: 'truncated', offset: 2 }],
    ['of length 0', Uint8Array.of(0, 3), { code: 'malformed', offset: 0 }],
    ['of another type', Uint8Array.of(4, 1, 0x41, 0), { code: 'malformed', offset: 0 }],
    ['ending in half a character', descriptor([0x41, 0, 0x3d, 0xd8]), { code: 'malformed', offset: 4 }],
    ['with a first half alone', descriptor([0x3d, 0xd8, 0x41, 0]), { code: 'malformed', offset: 2 }],
    ['with a second half alone', descriptor([0x41, 0, 0x00, 0xde]), { code: 'malformed', offset: 4 }],
    ['that is empty', new Uint8Array(0), { code: 'truncated', offset: 0 }],
  ])('%s is refused', (_, bytes, fault) => {
    expect(() => parseUsbString(bytes)).toThrow(expect.objectContaining(fault));
  });

  it('is text or an InputError, whatever the device sends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), fc.boolean(), (noise, wrap) => {
        try {
          // Refuses half a character.
          encodeURIComponent(parseUsbString(wrap ? descriptor([...noise]) : noise));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  it('number 0 holds the languages', () => {
    expect(parseUsbLanguages(descriptor([0x09, 0x04, 0x07, 0x04]))).toEqual([0x0409, 0x0407]);
  });
});
