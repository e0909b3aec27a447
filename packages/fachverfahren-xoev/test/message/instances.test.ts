import { describe, expect, it } from 'vitest';
import { messageSchema, readMessage, writeMessage } from '../../src/message/index.js';
import { describeSchemas } from '../../src/schema/index.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const DESCRIPTOR = describeSchemas({
  namespace: 'urn:t',
  documents: [
    encode(`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
  <xs:complexType name="Base"><xs:sequence><xs:element name="a" type="xs:string" minOccurs="0"/></xs:sequence></xs:complexType>
  <xs:complexType name="More"><xs:complexContent><xs:extension base="t:Base"><xs:sequence><xs:element name="b" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:simpleType name="Few"><xs:restriction base="xs:integer"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="Three"><xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
  <xs:element name="r"><xs:complexType><xs:sequence>
    <xs:element name="x" type="t:Base" minOccurs="0" nillable="true"/>
    <xs:element name="n" type="xs:integer" minOccurs="0"/>
    <xs:element name="q" type="xs:QName" minOccurs="0"/>
    <xs:element name="f" type="xs:decimal" fixed="1.0" minOccurs="0"/>
    <xs:element name="d" type="xs:integer" default="5" minOccurs="0"/>
    <xs:element name="l" type="t:Three" minOccurs="0"/>
    <xs:element name="o" minOccurs="0"><xs:complexType><xs:all><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:all></xs:complexType></xs:element>
    <xs:element name="g" minOccurs="0"><xs:complexType><xs:choice maxOccurs="unbounded"><xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string"/></xs:choice></xs:complexType></xs:element>
    <xs:element name="m" minOccurs="0"/>
  </xs:sequence></xs:complexType></xs:element></xs:schema>`),
  ],
  sha256: '',
  publisher: 'nobody',
});

const message = (content: string): string =>
  `<t:r xmlns:t="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:p="urn:p">${content}</t:r>`;

function isAccepted(content: string): boolean {
  const { value } = readMessage(DESCRIPTOR, encode(message(content)));
  return messageSchema(DESCRIPTOR, 't:r').safeParse(value).success;
}

/** The content of the message after it was read and written, without the declarations that moved. */
function again(content: string): string {
  const { root, value, prefixes } = readMessage(DESCRIPTOR, encode(message(content)));
  const written = new TextDecoder().decode(writeMessage(DESCRIPTOR, root, value as object, { prefixes }));
  return written.replace(/^[\s\S]*?<t:r[^>]*>|<\/t:r>$/g, '').replace(/ xmlns:xsi="[^"]*"/g, '');
}

describe('what may stand in a message besides the plain content of its types', () => {
  it.each([
    ['a type that was derived from that of the element', '<x xsi:type="t:More"><a>1</a><b>2</b></x>'],
    ['the type of the element itself', '<x xsi:type="t:Base"><a>1</a></x>'],
    ['a simple type that was derived from a built-in one', '<n xsi:type="t:Few">9</n>'],
    ['nothing at all', '<x xsi:nil="true"/>'],
    ['something, though nothing would be allowed', '<x xsi:nil="false"><a>1</a></x>'],
    ['white space alone where children could be', '<x>\n  </x>'],
    ['a fixed value in another form', '<f>1</f>'],
    ['a value by default', '<d/>'],
    ['children in an order of their own', '<o><b>2</b><a>1</a></o>'],
    ['alternatives again and again', '<g><b>1</b><a>2</a><b>3</b></g>'],
    ['a list within its length', '<l> 1 2 3 </l>'],
  ])('is %s', (_, content) => {
    expect(again(content)).toBe(content);
    expect(isAccepted(content)).toBe(true);
  });

  it.each(['<n xsi:type="t:Few">10</n>', '<f>1.1</f>', '<l>1 2 3 4</l>'])('is not %s', (content) => {
    expect(isAccepted(content)).toBe(false);
  });

  it('is no type that was not derived from that of the element', () => {
    expect(() => readMessage(DESCRIPTOR, encode(message('<n xsi:type="t:More"><b>1</b></n>')))).toThrow(
      expect.objectContaining({ code: 'not-allowed' }),
    );
  });

  it('keeps what values name by a prefix that only their surroundings declare', () => {
    expect(again('<q>p:a</q>')).toBe('<q xmlns:p="urn:p">p:a</q>');
    expect(again('<m k="p:a"><p:y>b</p:y></m>')).toBe('<m xmlns:p="urn:p" k="p:a"><p:y>b</p:y></m>');
  });
});
