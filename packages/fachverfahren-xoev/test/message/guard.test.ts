import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guardDocument, GUARD_LIMITS } from '../../src/message/guard.js';

const guard = (xml: string): string | undefined => guardDocument(Buffer.from(xml))?.code;

describe('what is never given to a parser', () => {
  it.each([
    ['a document type declaration', '<!DOCTYPE a><a/>'],
    ['one after a comment', '<!-- x --><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>'],
    ['too many levels', '<a>'.repeat(GUARD_LIMITS.maxDepth + 1)],
    ['too many attributes', `<a ${'b="" '.repeat(GUARD_LIMITS.maxAttributes + 1)}/>`],
  ])('is %s', (_, xml) => {
    expect(guard(xml)).toBe('X001');
  });

  it.each([
    ['UTF-16', new Uint8Array([0xfe, 0xff, 0, 0x3c])],
    ['UTF-16 without a mark', Buffer.from('<a/>', 'utf16le')],
    ['bytes of ISO 8859-1', Buffer.from('<a>\n\xfc</a>', 'latin1')],
    ['a character that is cut off', Buffer.from('<a>ü').subarray(0, 4)],
    ['another declared encoding', Buffer.from("<?xml version='1.0' encoding='windows-1252'?><a/>")],
  ])('is %s', (_, bytes) => {
    expect(guardDocument(bytes)?.code).toBe('S001');
  });

  it('names the line of the byte that is not UTF-8', () => {
    expect(guardDocument(Buffer.from('<a>\n\n\xfc</a>', 'latin1'))?.line).toBe(3);
  });

  it('is more than 32 MiB, which takes no time', () => {
    const begun = performance.now();
    expect(guardDocument(new Uint8Array(200 * 1024 * 1024))?.code).toBe('X001');
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it.each([
    ['as many levels as are allowed', `${'<a>'.repeat(128)}${'</a>'.repeat(128)}`],
    [
      'text that looks like markup in a comment or CDATA',
      '<a><!-- <!DOCTYPE b> --><![CDATA[<!DOCTYPE c>]]></a>',
    ],
    ['a sign in an attribute that ends no tag', `<a b="${'>'.repeat(300)}" c='=='/>`],
    ['markup that only looks like a declaration, which the parser refuses', '<a><!b></a>'],
    ['a processing instruction', '<?x <!DOCTYPE y> ?><a/>'],
    ['UTF-8 by any name', '\ufeff<?xml version="1.0" encoding="utf-8"?><a/>'],
  ])('is not %s', (_, xml) => {
    expect(guard(xml)).toBeUndefined();
  });

  it('is decided for any bytes', () => {
    const markup = fc.stringMatching(/^[<>!?\-[\]/a="' ]{0,80}$/);
    fc.assert(
      fc.property(
        fc.oneof(
          markup.map((text) => Buffer.from(text)),
          fc.uint8Array({ maxLength: 80 }),
        ),
        (bytes) => {
          const found = guardDocument(bytes);
          expect(['S001', 'X001', undefined]).toContain(found?.code);
        },
      ),
      { numRuns: 500 },
    );
  });
});
