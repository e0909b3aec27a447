import fc from 'fast-check';
import { InputError } from '@buergerkoffer/formats';
import { describe, expect, it } from 'vitest';
import { element, readXml, serializeXml } from '../../src/xmeld/index.js';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('the XML writer', () => {
  it('escapes markup in text and attributes, and white space that a reader would change', () => {
    const xml = serializeXml(element('a', 'x<&>"]]>\r\n', { b: '<&>"\t\n\r' }));
    expect(text(xml)).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<a b="&lt;&amp;&gt;&quot;&#9;&#10;&#13;">x&lt;&amp;&gt;"]]&gt;&#13;\n</a>',
    );
  });

  it.each([
    ['a NUL', 'a\u0000'],
    ['a control character', '\u001f'],
    ['a lone surrogate', 'a\ud800b'],
    ['U+FFFE', '\ufffe'],
  ])('refuses %s with the path of the element', (_, value) => {
    const write = (): unknown => serializeXml(element('a', [element('b', value)]));
    expect(write).toThrow(InputError);
    expect(write).toThrow(expect.objectContaining({ code: 'not-allowed', path: '/a/b' }));
  });

  it('leaves out attributes and children that are undefined', () => {
    expect(text(serializeXml(element('a', [undefined], { b: undefined })))).toContain('<a/>');
  });

  it('writes what the reader reads as the same text', () => {
    const characters = fc.string({ unit: 'grapheme', maxLength: 50 });
    fc.assert(
      fc.property(characters, characters, (value, attribute) => {
        let bytes: Uint8Array;
        try {
          bytes = serializeXml(element('a', value, { b: attribute }));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        let read = '';
        let readAttribute: string | undefined;
        readXml(bytes, {
          open: (_, __, attributes) => {
            readAttribute = attributes.get('b');
          },
          text: (_, part) => {
            read += part;
          },
        });
        expect(read).toBe(value);
        expect(readAttribute).toBe(attribute);
      }),
    );
  });
});
