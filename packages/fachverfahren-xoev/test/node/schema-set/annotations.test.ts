import { describe, expect, it } from 'vitest';
import { withoutAnnotations } from '../../../src/node/schema-set/annotations.js';

const bare = (text: string): string => Buffer.from(withoutAnnotations(Buffer.from(text))).toString();

describe('a schema without its annotations', () => {
  it('keeps everything else, and the lines on which it stands', () => {
    expect(
      bare('<xs:a>\n<xs:annotation id="a>b">\n<b>ä</b>\n</xs:annotation>\n<xs:annotation/><c/></xs:a>'),
    ).toBe('<xs:a>\n\n\n\n<c/></xs:a>');
  });

  it.each([
    '<a><!-- <annotation> --><b/><!-- </annotation> --></a>',
    '<a><b><![CDATA[<annotation>]]></b><c/><?p </annotation>?></a>',
    '<a><annotations/><b:annotation',
    '<!DOCTYPE a><a><annotation/></a>',
  ])('is the same where none ends or what looks like one is none: %s', (text) => {
    expect(bare(text)).toBe(text);
  });

  it('keeps one whose documentation shows another: the first end is not the last', () => {
    const text = '<s><annotation><annotation>x</annotation>y</annotation><b/></s>';
    expect(bare(text)).toBe(text);
  });
});
