import { describe, expect, it } from 'vitest';
import { messageSchema, readMessage, writeMessage } from '../../src/message/index.js';
import { describeSchemas, type SchemaDescriptor } from '../../src/schema/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const schema = (content: string, attributes = ''): Uint8Array =>
  encode(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" ${attributes}>${content}</xs:schema>`);
const OF_T = 'xmlns:t="urn:t" targetNamespace="urn:t"';

/** The descriptor of documents, each after those that draw it in, all of `urn:t` or of no namespace. */
function descriptorOf(...documents: readonly Uint8Array[]): SchemaDescriptor {
  return describeSchemas({ namespace: 'urn:t', documents, sha256: '', publisher: 'nobody' });
}

function again(descriptor: SchemaDescriptor, xml: string): string {
  const { root, value, prefixes } = readMessage(descriptor, encode(xml));
  expect(messageSchema(descriptor, root).safeParse(value).error?.issues ?? []).toEqual([]);
  const written = new TextDecoder().decode(writeMessage(descriptor, root, value as object, { prefixes }));
  return written.slice(written.indexOf('\n') + 1);
}

const BASE = schema(
  `<xs:complexType name="A"><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>
   <xs:simpleType name="S"><xs:restriction base="xs:string"/></xs:simpleType>
   <xs:group name="G"><xs:sequence><xs:element name="g" type="t:S"/></xs:sequence></xs:group>
   <xs:attributeGroup name="K"><xs:attribute name="k"/></xs:attributeGroup>
   <xs:element name="r"><xs:complexType><xs:sequence><xs:element name="x" type="t:A"/><xs:group ref="t:G"/></xs:sequence><xs:attributeGroup ref="t:K"/></xs:complexType></xs:element>`,
  OF_T,
);

const REDEFINING = schema(
  `<xs:redefine schemaLocation="base.xsd">
     <xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
     <xs:simpleType name="S"><xs:restriction base="t:S"><xs:maxLength value="2"/></xs:restriction></xs:simpleType>
     <xs:group name="G"><xs:sequence><xs:group ref="t:G"/><xs:element name="h" type="xs:string"/></xs:sequence></xs:group>
     <xs:attributeGroup name="K"><xs:attributeGroup ref="t:K"/><xs:attribute name="l"/></xs:attributeGroup>
   </xs:redefine>`,
  OF_T,
);

const WHOLE = '<t:r xmlns:t="urn:t" k="1" l="2"><x><a>1</a><b>2</b></x><g>3</g><h>4</h></t:r>';

describe('a schema that redefines another', () => {
  it('means its own types and groups everywhere, and the redefined ones in them', () => {
    const descriptor = descriptorOf(REDEFINING, BASE);
    expect(again(descriptor, WHOLE)).toBe(WHOLE);
    for (const wrong of [WHOLE.replace('<b>2</b>', ''), WHOLE.replace('<h>4</h>', '')])
      expect(() => readMessage(descriptor, encode(wrong))).toThrow(
        expect.objectContaining({ code: 'missing' }),
      );
    const { value } = readMessage(descriptor, encode(WHOLE.replace('>3<', '>333<')));
    expect(messageSchema(descriptor, 't:r').safeParse(value).success).toBe(false);
  });

  it('may be redefined itself', () => {
    const third = schema(
      '<xs:redefine schemaLocation="second.xsd"><xs:complexType name="A"><xs:complexContent><xs:extension base="t:A"><xs:sequence><xs:element name="c" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType></xs:redefine>',
      OF_T,
    );
    const xml = WHOLE.replace('</b>', '</b><c>3</c>');
    expect(again(descriptorOf(third, REDEFINING, BASE), xml)).toBe(xml);
  });

  it('counts once, though it has two addresses', () => {
    expect(again(descriptorOf(REDEFINING, BASE, REDEFINING), WHOLE)).toBe(WHOLE);
  });
});

describe('a schema of no namespace', () => {
  it('takes the namespace of each schema that includes it, for the names in it as well', () => {
    const common = schema(
      '<xs:complexType name="A"><xs:sequence><xs:element name="a" type="B"/></xs:sequence></xs:complexType><xs:simpleType name="B"><xs:restriction base="xs:string"/></xs:simpleType>',
      'elementFormDefault="qualified"',
    );
    const main = schema(
      '<xs:include schemaLocation="c.xsd"/><xs:import namespace="urn:o" schemaLocation="o.xsd"/><xs:element name="r"><xs:complexType><xs:sequence><xs:element name="x" type="t:A"/><xs:element ref="o:y"/></xs:sequence></xs:complexType></xs:element>',
      `${OF_T} xmlns:o="urn:o"`,
    );
    const other = schema(
      '<xs:include schemaLocation="c.xsd"/><xs:element name="y" type="o:A"/>',
      'xmlns:o="urn:o" targetNamespace="urn:o"',
    );
    const descriptor = describeSchemas({
      namespace: 'urn:t',
      documents: [
        { bytes: main, namespace: 'urn:t' },
        { bytes: other, namespace: 'urn:o' },
        { bytes: common, namespace: 'urn:t' },
        { bytes: common, namespace: 'urn:o' },
      ],
      sha256: '',
      publisher: 'nobody',
    });
    const xml = '<t:r xmlns:t="urn:t"><x><t:a>1</t:a></x><o:y xmlns:o="urn:o"><o:a>2</o:a></o:y></t:r>';
    expect(again(descriptor, xml)).toBe(xml);
  });
});
