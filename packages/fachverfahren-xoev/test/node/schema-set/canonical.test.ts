import { describe, expect, it } from 'vitest';
import { canonicalXml } from '../../../src/node/schema-set/index.js';

const XML = Buffer.from(
  '<?xml version="1.0"?><a:r xmlns:a="urn:a" xmlns:b="urn:b" z="1" y=\'2\'><!-- c --><b:c  /><d>&#13;&lt;</d></a:r>',
);
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('canonical XML', () => {
  it('exclusive: a namespace is declared where it is used', () => {
    expect(text(canonicalXml(XML))).toBe(
      '<a:r xmlns:a="urn:a" y="2" z="1"><b:c xmlns:b="urn:b"></b:c><d>&#xD;&lt;</d></a:r>',
    );
  });

  it('1.0: namespaces stay where they are declared', () => {
    expect(text(canonicalXml(XML, { mode: 'inclusive', withComments: true }))).toBe(
      '<a:r xmlns:a="urn:a" xmlns:b="urn:b" y="2" z="1"><!-- c --><b:c></b:c><d>&#xD;&lt;</d></a:r>',
    );
  });

  it('exclusive with prefixes that are treated as in 1.0', () => {
    expect(text(canonicalXml(XML, { inclusivePrefixes: ['b'] }))).toMatch(
      /^<a:r xmlns:a="urn:a" xmlns:b="urn:b"/,
    );
  });

  it('exists for every well-formed document, though it may say xml:id twice', () => {
    const xml = '<a xml:id="i"><b xml:id="i"></b></a>';
    expect(text(canonicalXml(Buffer.from(xml)))).toBe(xml);
  });

  it.each([
    ['<!DOCTYPE a><a/>', 'not-allowed'],
    ['<a>', 'malformed'],
    ['<a xmlns="relative"/>', 'unsupported'],
  ])('refuses %s', (xml, code) => {
    expect(() => canonicalXml(Buffer.from(xml))).toThrow(expect.objectContaining({ code }));
  });
});
