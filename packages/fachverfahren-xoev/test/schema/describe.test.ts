import { describe, expect, it } from 'vitest';
import { messageSchema, readMessage, writeMessage, type MessageObject } from '../../src/message/index.js';
import { describeSchemas, subsetOf, type SchemaDescriptor } from '../../src/schema/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The descriptor of a schema for `urn:t` with this content. */
function schemaOf(content: string, ...others: readonly string[]): SchemaDescriptor {
  const main = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:o="urn:o" targetNamespace="urn:t" elementFormDefault="qualified">${content}</xs:schema>`;
  return describeSchemas({
    namespace: 'urn:t',
    documents: [main, ...others].map(encode),
    sha256: '',
    publisher: 'nobody',
  });
}

/** What is written after `xml` was read, without its declaration. */
function again(descriptor: SchemaDescriptor, xml: string): string {
  const { root, value, prefixes } = readMessage(descriptor, encode(xml));
  const written = new TextDecoder().decode(writeMessage(descriptor, root, value, { prefixes }));
  return written.slice(written.indexOf('\n') + 1);
}

const valueOf = (descriptor: SchemaDescriptor, xml: string): unknown =>
  readMessage(descriptor, encode(xml)).value;

describe('the descriptor of a schema', () => {
  it('knows for each element whether it is qualified', () => {
    const descriptor = schemaOf(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" form="unqualified"/></xs:sequence></xs:complexType></xs:element>',
    );
    const xml = '<t:r xmlns:t="urn:t"><t:a>1</t:a><b>2</b></t:r>';
    expect(valueOf(descriptor, xml)).toEqual({ a: '1', b: '2' });
    expect(again(descriptor, xml)).toBe(xml);
    expect(() => valueOf(descriptor, xml.replace('<b>2</b>', '<t:b>2</t:b>'))).toThrow(
      expect.objectContaining({ code: 'missing', path: '/t:r' }),
    );
  });

  it('keeps a default namespace, which unqualified elements must leave', () => {
    const descriptor = schemaOf(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="b" type="xs:string" form="unqualified"/></xs:sequence></xs:complexType></xs:element>',
    );
    const xml = '<r xmlns="urn:t"><b xmlns="">2</b></r>';
    expect(again(descriptor, xml)).toBe(xml);
  });

  it('has a choice that repeats as a list of its alternatives, in their order', () => {
    const descriptor = schemaOf(
      '<xs:element name="r"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:choice></xs:complexType></xs:element>',
    );
    const xml = '<t:r xmlns:t="urn:t"><t:b>1</t:b><t:a>2</t:a><t:b>3</t:b></t:r>';
    expect(valueOf(descriptor, xml)).toEqual({ '#choice': [{ b: '1' }, { a: '2' }, { b: '3' }] });
    expect(again(descriptor, xml)).toBe(xml);
    expect(again(descriptor, '<t:r xmlns:t="urn:t"/>')).toBe('<t:r xmlns:t="urn:t"/>');
  });

  it('writes elements in the order of the schema, whatever order they are given in', () => {
    const descriptor = schemaOf(
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" type="xs:string" minOccurs="0" maxOccurs="2"/><xs:choice><xs:element name="b" type="xs:string"/><xs:sequence><xs:element name="c" type="xs:string"/><xs:element name="d" type="xs:string" minOccurs="0"/></xs:sequence></xs:choice></xs:sequence></xs:complexType></xs:element>',
    );
    const write = (value: MessageObject): string =>
      new TextDecoder().decode(writeMessage(descriptor, 't:r', value)).replace(/[^]*?<t:r[^>]*>/, '');
    expect(write({ d: '3', c: '2', a: ['0', '1'] })).toBe(
      '<t:a>0</t:a><t:a>1</t:a><t:c>2</t:c><t:d>3</t:d></t:r>',
    );
    expect(write({ b: '1' })).toBe('<t:b>1</t:b></t:r>');
    const schema = messageSchema(descriptor, 't:r');
    const faults: readonly (readonly [MessageObject, string, string])[] = [
      [{}, 'missing', 'b or c or d'],
      [{ d: '1' }, 'missing', 'c'],
      [{ b: '1', c: '2' }, 'not-allowed', 'c'],
      [{ b: '1', a: ['1', '2', '3'] }, 'not-allowed', 'a'],
      [{ b: '1', e: '2' }, 'not-allowed', 'e'],
      [{ b: ['1'] }, 'malformed', 'b'],
      [{ b: '1', a: '2' }, 'malformed', 'a'],
    ];
    for (const [value, code, path] of faults) {
      expect(() => writeMessage(descriptor, 't:r', value)).toThrow(expect.objectContaining({ code, path }));
      expect(schema.safeParse(value).success).toBe(false);
    }
    expect(schema.safeParse({ c: '2', a: ['0'] }).success).toBe(true);
  });

  it('inherits content and attributes, and lets xsi:type choose for an abstract type', () => {
    const descriptor = schemaOf(
      `<xs:complexType name="Base" abstract="true"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence><xs:attribute name="v" use="required" fixed="1" type="xs:string"/></xs:complexType>
       <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
       <xs:element name="r"><xs:complexType><xs:sequence><xs:element name="x" type="t:Base"/></xs:sequence></xs:complexType></xs:element>`,
    );
    const xml =
      '<t:r xmlns:t="urn:t"><t:x xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="t:More" v="1"><t:a>1</t:a><t:b>2</t:b></t:x></t:r>';
    expect(valueOf(descriptor, xml)).toEqual({ x: { '@xsi:type': 't:More', '@v': '1', a: '1', b: '2' } });
    expect(valueOf(descriptor, again(descriptor, xml))).toEqual(valueOf(descriptor, xml));
    const schema = messageSchema(descriptor, 't:r');
    expect(schema.safeParse({ x: { '@xsi:type': 't:More', a: '1', b: '2' } }).success).toBe(true);
    expect(schema.safeParse({ x: { a: '1', b: '2' } }).success).toBe(false);
    expect(() => writeMessage(descriptor, 't:r', { x: { a: '1' } })).toThrow(
      expect.objectContaining({ code: 'missing' }),
    );
    expect(() => valueOf(descriptor, xml.replace('t:More', 'xs:string'))).toThrow(
      expect.objectContaining({ code: 'not-allowed' }),
    );
  });

  it('has text with attributes, lists, unions, nil, and elements of other schemas', () => {
    const descriptor = schemaOf(
      `<xs:import namespace="urn:o"/>
       <xs:simpleType name="Numbers"><xs:list itemType="xs:integer"/></xs:simpleType>
       <xs:simpleType name="Either"><xs:union memberTypes="xs:integer xs:boolean"/></xs:simpleType>
       <xs:element name="r"><xs:complexType><xs:sequence>
         <xs:element name="p"><xs:complexType><xs:simpleContent><xs:extension base="xs:base64Binary"><xs:attribute name="mimeType" type="xs:string" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
         <xs:element name="n" type="t:Numbers"/><xs:element name="e" type="t:Either"/>
         <xs:element name="q" type="xs:string" nillable="true"/>
         <xs:element ref="o:g"/>
         <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
       </xs:sequence></xs:complexType></xs:element>`,
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:element name="g" type="xs:date"/></xs:schema>',
    );
    const xml =
      '<t:r xmlns:t="urn:t"><t:p mimeType="image/png">AAAA</t:p><t:n>1 2</t:n><t:e>true</t:e><t:q xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/><o:g xmlns:o="urn:o">2026-02-09</o:g><z:z xmlns:z="urn:z" k="1">a<z:y/>b</z:z></t:r>';
    expect(again(descriptor, xml)).toBe(xml);
    expect(valueOf(descriptor, xml)).toMatchObject({
      p: { '@mimeType': 'image/png', '#text': 'AAAA' },
      q: { '@xsi:nil': 'true', '#text': '' },
      '#any': [{ namespace: 'urn:z', local: 'z' }],
    });
    const schema = messageSchema(descriptor, 't:r');
    const value = { p: { '@mimeType': 'a', '#text': 'AAAA' }, n: '1 2', e: '1', q: '', g: '2026-02-09' };
    expect(schema.safeParse(value).success).toBe(true);
    for (const wrong of [
      { n: '1 b' },
      { e: 'x' },
      { g: '2026-02-30' },
      { p: { '@mimeType': 'a', '#text': 'A' } },
    ]) {
      expect(schema.safeParse({ ...value, ...wrong }).success).toBe(false);
    }
  });

  it('takes nil only where the schema does, then without text, and an empty element for its default', () => {
    const descriptor =
      schemaOf(`<xs:complexType name="N"><xs:simpleContent><xs:extension base="xs:int"><xs:attribute name="u" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:simpleType name="Small"><xs:restriction base="xs:int"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>
      <xs:element name="r"><xs:complexType><xs:sequence>
        <xs:element name="a" type="t:N" nillable="true"/><xs:element name="b" type="t:N"/>
        <xs:element name="c" type="xs:int" default="7"/><xs:element name="d" type="xs:int" fixed="7"/></xs:sequence></xs:complexType></xs:element>`);
    const schema = messageSchema(descriptor, 't:r');
    const accepts = (over: MessageObject): boolean =>
      schema.safeParse({ a: { '#text': '1' }, b: { '#text': '2' }, c: '3', d: '7', ...over }).success;
    expect(accepts({})).toBe(true);
    expect(accepts({ a: { '@xsi:nil': 'true', '@u': 'x', '#text': '' } })).toBe(true);
    expect(accepts({ a: { '@xsi:nil': 'true', '#text': '1' } })).toBe(false);
    expect(accepts({ a: { '@xsi:nil': 'false', '#text': '' } })).toBe(false);
    expect(accepts({ b: { '@xsi:nil': 'true', '#text': '' } })).toBe(false);
    expect(accepts({ c: '', d: '' })).toBe(true);
    expect(accepts({ c: { '@xsi:type': 't:Small', '#text': '' } })).toBe(true);
    expect(accepts({ c: { '@xsi:type': 't:Small', '#text': '10' } })).toBe(false);
    expect(accepts({ d: { '@xsi:type': 't:Small', '#text': '+7' } })).toBe(true);
    expect(accepts({ d: { '@xsi:type': 't:Small', '#text': '8' } })).toBe(false);
  });

  it('declares the prefixes of values that are qualified names, in attributes, lists and unions as well', () => {
    const descriptor = schemaOf(`<xs:simpleType name="Names"><xs:list itemType="xs:QName"/></xs:simpleType>
      <xs:simpleType name="Either"><xs:union memberTypes="xs:date xs:QName"/></xs:simpleType>
      <xs:element name="r"><xs:complexType><xs:sequence><xs:element name="n" type="t:Names"/></xs:sequence>
        <xs:attribute name="q" type="xs:QName"/><xs:attribute name="e" type="t:Either"/></xs:complexType></xs:element>`);
    const xml =
      '<t:r xmlns:t="urn:t" xmlns:a="urn:a" xmlns:b="urn:b" xmlns:c="urn:c" q="a:x" e="b:y"><t:n>a:z c:z</t:n></t:r>';
    const written = again(descriptor, xml);
    expect(written).toContain('q="a:x" e="b:y"');
    for (const declaration of ['xmlns:a="urn:a"', 'xmlns:b="urn:b"', 'xmlns:c="urn:c"'])
      expect(written).toContain(declaration);
  });

  it('has a root of text alone as an object', () => {
    const descriptor = schemaOf('<xs:element name="r" type="xs:int"/>');
    const xml = '<t:r xmlns:t="urn:t">1</t:r>';
    expect(valueOf(descriptor, xml)).toEqual({ '#text': '1' });
    expect(again(descriptor, xml)).toBe(xml);
    expect(messageSchema(descriptor, 't:r').safeParse({ '#text': '1' }).success).toBe(true);
    expect(messageSchema(descriptor, 't:r').safeParse({ '#text': 'x' }).success).toBe(false);
  });

  it('resolves groups, attribute groups, references and substitution groups', () => {
    const descriptor = schemaOf(
      `<xs:group name="g"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:group>
       <xs:attributeGroup name="ag"><xs:attribute name="k" type="xs:string"/></xs:attributeGroup>
       <xs:element name="head" abstract="true" type="xs:string"/><xs:element name="one" substitutionGroup="t:head"/><xs:element name="two" substitutionGroup="t:head"/>
       <xs:element name="r"><xs:complexType><xs:sequence><xs:group ref="t:g" minOccurs="0"/><xs:element ref="t:head"/></xs:sequence><xs:attributeGroup ref="t:ag"/></xs:complexType></xs:element>`,
    );
    const xml = '<t:r xmlns:t="urn:t" k="1"><t:a>1</t:a><t:two>2</t:two></t:r>';
    expect(valueOf(descriptor, xml)).toEqual({ '@k': '1', a: '1', two: '2' });
    expect(again(descriptor, xml)).toBe(xml);
  });

  it('keeps only what some of its messages need', () => {
    const descriptor = schemaOf(
      '<xs:complexType name="A"><xs:sequence/></xs:complexType><xs:complexType name="B"><xs:sequence/></xs:complexType><xs:element name="a" type="t:A"/><xs:element name="b" type="t:B"/>',
    );
    expect(Object.keys(subsetOf(descriptor, ['t:a']).types)).toEqual(['t:A']);
    expect(() => subsetOf(descriptor, ['t:c'])).toThrow(expect.objectContaining({ code: 'missing' }));
  });

  it.each([
    ['an override of XML Schema 1.1', '<xs:override schemaLocation="x.xsd"/>', 'unsupported'],
    [
      'a redefinition of nothing',
      '<xs:redefine schemaLocation="x.xsd"><xs:simpleType name="A"><xs:restriction base="t:A"/></xs:simpleType></xs:redefine>',
      'missing',
    ],
    ['a type that is not there', '<xs:element name="r" type="t:Nowhere"/>', 'missing'],
    ['a prefix that is not declared', '<xs:element name="r" type="x:Y"/>', 'malformed'],
  ])('is refused for %s', (_, content, code) => {
    expect(() => schemaOf(content)).toThrow(expect.objectContaining({ code }));
  });
});

describe('a type that may hold what is derived from it', () => {
  it('hands down its attributes and content, however it is reached first', () => {
    const described = schemaOf(`<xs:element name="member" type="t:Base" abstract="true"/>
      <xs:complexType name="Base"><xs:sequence><xs:element ref="t:member" minOccurs="0"/></xs:sequence>
        <xs:attribute name="id" type="xs:ID"/></xs:complexType>
      <xs:complexType name="Special"><xs:complexContent><xs:extension base="t:Base"><xs:sequence>
        <xs:element name="own" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
      <xs:element name="special" type="t:Special" substitutionGroup="t:member"/>`);
    const inner = '<t:special id="b"><t:own>1</t:own></t:special>';
    const xml = `<t:special xmlns:t="urn:t" id="a">${inner}<t:own>2</t:own></t:special>`;
    expect(readMessage(described, encode(xml)).value).toEqual({
      '@id': 'a',
      special: { '@id': 'b', own: '1' },
      own: '2',
    });
  });
});
