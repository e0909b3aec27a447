import { describe, expect, it } from 'vitest';
import { attributeOf, childOf, childrenOf, elementsOf, readMessageTree } from '../../src/message/index.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const MESSAGE = `<?xml version="1.0" encoding="UTF-8"?>
<x:root.0430 xmlns:x="urn:x" xmlns:y="urn:y" version="1" y:mark="m">
  <name> a &amp; <![CDATA[b]]></name>
  <x:line>1</x:line><x:line>2</x:line>
</x:root.0430>`;

describe('the tree of a message', () => {
  const root = readMessageTree(bytes(MESSAGE));

  it('has names, attributes, declarations and lines as written', () => {
    expect(root).toMatchObject({ namespace: 'urn:x', local: 'root.0430', prefix: 'x', line: 2 });
    expect(attributeOf(root, 'version')).toBe('1');
    expect(attributeOf(root, 'mark')).toBeUndefined();
    expect(root.attributes.map(({ local }) => local)).toEqual(['version', 'mark']);
    expect(root.declarations).toEqual([
      { prefix: 'x', uri: 'urn:x' },
      { prefix: 'y', uri: 'urn:y' },
    ]);
    expect(childOf(root, 'name')?.line).toBe(3);
  });

  it('keeps the text of an element as one value, references and CDATA resolved', () => {
    expect(childOf(root, 'name')?.text).toBe(' a & b');
  });

  it('gives every element the location path that libxml2 gives it', () => {
    expect([...elementsOf(root)].map(({ path }) => path)).toEqual([
      '/x:root.0430',
      '/x:root.0430/name',
      '/x:root.0430/x:line[1]',
      '/x:root.0430/x:line[2]',
    ]);
    expect(childrenOf(root, 'line').map(({ text }) => text)).toEqual(['1', '2']);
    expect(readMessageTree(bytes('<a xmlns="urn:a"><b xmlns=""/></a>')).children[0]?.path).toBe('/*/b');
  });

  it.each([
    ['a document type declaration', '<!DOCTYPE a><a/>', 'not-allowed'],
    ['an end before the end', '<a><b>', 'truncated'],
    ['a wrong end tag', '<a></b>', 'malformed'],
    ['deep nesting', '<a>'.repeat(200), 'too-large'],
  ])('refuses %s', (_, xml, code) => {
    expect(() => readMessageTree(bytes(xml))).toThrow(expect.objectContaining({ code }));
  });
});
