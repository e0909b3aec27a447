import { InputError } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, XML_LIMITS } from '../../src/xmeld/index.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const paths = (xml: string | Uint8Array, limits = XML_LIMITS): readonly string[] => {
  const seen: string[] = [];
  readXml(typeof xml === 'string' ? utf8(xml) : xml, { open: (path) => seen.push(path) }, limits);
  return seen;
};
const refused = (expected: { readonly code: string; readonly offset?: number }): unknown =>
  expect.objectContaining({ name: 'InputError', ...expected });

describe('the XML reader', () => {
  it('tells elements by path, in document order', () => {
    expect(
      paths('\ufeff<?xml version="1.0" encoding="utf-8"?><a><b/><x:c xmlns:x="u"><d/></x:c></a>'),
    ).toEqual(['a', 'a/b', 'a/c', 'a/c/d']);
  });

  it.each([
    [
      'a document type declaration',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
      'not-allowed',
      54,
    ],
    ['an entity that nobody declared', '<a>&x;</a>', 'malformed', 6],
    ['another declared encoding', '<?xml version="1.0" encoding="ISO-8859-1"?><a/>', 'unsupported', 43],
    ['a closing tag of another element', '<ä></b></ä>', 'malformed', 8],
    ['a document that ends early', '<a><b>', 'truncated', 6],
    ['an empty document', '', 'truncated', 0],
    ['text alone', 'abc', 'malformed', undefined],
    ['two roots', '<a/><b/>', 'malformed', undefined],
    ['an undeclared prefix', '<x:a/>', 'malformed', undefined],
  ] as const)('refuses %s', (_, xml, code, offset) => {
    expect(() => paths(xml)).toThrow(refused({ code, ...(offset === undefined ? {} : { offset }) }) as Error);
  });

  it('names the first byte that cannot follow in UTF-8', () => {
    const bytes = Uint8Array.from([...utf8('<a>ä'), 0xe4, ...utf8('</a>')]);
    expect(() => paths(bytes)).toThrow(refused({ code: 'malformed', offset: 6 }) as Error);
  });

  it.each([65_534, 65_535, 65_536, 65_537, 200_001])(
    'finds a fault at %i bytes, across the pieces it reads',
    (offset) => {
      for (const wrong of [[0xff], [0xe2, 0x82, 0x20], [0xc3, 0x28], [0xf0, 0x9f, 0x98, 0x20]]) {
        const bytes = Uint8Array.from([...new Uint8Array(offset).fill(0x61), ...wrong, 0x61]);
        const fault = offset + wrong.length - 1;
        expect(() => paths(bytes)).toThrow(refused({ code: 'malformed', offset: fault }) as Error);
      }
    },
  );

  it('tells a cut character from a wrong one', () => {
    expect(() => paths(utf8('<a>ä').subarray(0, 4))).toThrow(
      refused({ code: 'truncated', offset: 4 }) as Error,
    );
  });

  it('refuses UTF-16', () => {
    expect(() => paths(Uint8Array.from([0xff, 0xfe, 0x3c, 0]))).toThrow(
      refused({ code: 'unsupported', offset: 0 }) as Error,
    );
  });

  it('refuses a file that is too large before it is parsed', () => {
    const limits = { ...XML_LIMITS, maxBytes: 10 };
    expect(() => paths('<a>01234567</a>', limits)).toThrow(refused({ code: 'too-large' }) as Error);
  });

  it('refuses deep nesting at the level that is one too many', () => {
    expect(() => paths('<a>'.repeat(2_000_000))).toThrow(
      refused({ code: 'too-large', offset: 3 * 65 }) as Error,
    );
  });

  it('refuses too many elements', () => {
    expect(() => paths(`<a>${'<b/>'.repeat(200_000)}</a>`)).toThrow(refused({ code: 'too-large' }) as Error);
  });

  it('refuses an element with too many attributes before it has read them all', () => {
    const attributes = Array.from({ length: 300_000 }, (_, index) => `a${index}=""`).join(' ');
    expect(() => paths(`<a ${attributes}/>`)).toThrow(refused({ code: 'too-large' }) as Error);
  });

  it('reads or refuses with an offset, whatever comes', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<a',
      '/>',
      '<?xml version="1.0"?>',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '&amp;',
      '&#0;',
      '&',
      '"',
      "='",
      ' xmlns="',
      '<!DOCTYPE',
      'ä',
      '\u0000',
      '<b c="d">',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(piece, { maxLength: 20 }).map((parts) => utf8(parts.join(''))),
    );
    fc.assert(
      fc.property(bytes, (input) => {
        try {
          paths(input);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          const { offset } = error as InputError;
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(input.length);
        }
      }),
      { numRuns: 1500 },
    );
  });
});
