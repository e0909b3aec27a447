/** An `include`, `import`, `redefine` or `override`, and where its tag stands. */
export interface SchemaReference {
  readonly kind: string;
  readonly location: string | undefined;
  readonly namespace: string;
  /** Byte offsets of the tag in its document. */
  readonly start: number;
  readonly end: number;
}

const [SCHEMA, COMPONENT, REDEFINITION, REFERENCE] = [
  tagOf('schema'),
  // The first tag of what a schema declares: what it draws in stands before (XML Schema part 1, 3.15.2).
  tagOf('complexType|simpleType|element|attribute|attributeGroup|group|notation'),
  // What stands inside of it is no component of the schema itself: more may follow.
  tagOf('redefine|override'),
  tagOf('import|include|redefine|override', 'g'),
];
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/gu;
const LOCATION = /\sschemaLocation\s*=\s*(?:"[^"]*"|'[^']*')/u;

/** Attributes of the start tag of a schema document; empty for another document. */
export function schemaAttributes(document: Uint8Array): ReadonlyMap<string, string> {
  return attributesOf(SCHEMA.exec(headOf(document, SCHEMA))?.[0] ?? '');
}

/** What a document draws in. Only start tags are looked at: whether it is a schema at all, the compiler says. */
export function referencesIn(document: Uint8Array): readonly SchemaReference[] {
  const head = headOf(document, COMPONENT);
  const text = REDEFINITION.test(head) ? headOf(document) : head;
  return [...text.matchAll(REFERENCE)].map((match) => {
    const attributes = attributesOf(match[0]);
    return {
      kind: decoded(match[1] ?? ''),
      location: attributes.get('schemaLocation'),
      namespace: attributes.get('namespace') ?? '',
      start: match.index,
      end: match.index + match[0].length,
    };
  });
}

/** The document with other addresses in its references; the lines of everything stay the same. */
export function relocated(document: Uint8Array, addresses: ReadonlyMap<SchemaReference, string>): Uint8Array {
  if (addresses.size === 0) return document;
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  const parts: Buffer[] = [];
  let from = 0;
  for (const [{ start, end }, address] of [...addresses].sort(([a], [b]) => a.start - b.start)) {
    const attribute = ` schemaLocation="${address}"`;
    const tag = bytes.toString('latin1', start, end);
    const changed = LOCATION.test(tag)
      ? tag.replace(LOCATION, (old) => '\n'.repeat(old.split('\n').length - 1) + attribute)
      : tag.replace(/\s*\/?>$/u, (close) => attribute + close);
    parts.push(bytes.subarray(from, start), Buffer.from(changed, 'latin1'));
    from = end;
  }
  return Uint8Array.from(Buffer.concat([...parts, bytes.subarray(from)]));
}

/** A start tag of one of several names, with any prefix. */
function tagOf(names: string, flags = ''): RegExp {
  return new RegExp(`<(?:[\\w.-]+:)?(${names})(?=[\\s/>])(?:[^>"']|"[^"]*"|'[^']*')*>`, `u${flags}`);
}

/** Bytes from the beginning of a document that are looked at first. */
const HEAD_BYTES = 4_096;

/** The document as far as `wanted` is found in it, else all of it: a character for each byte, comments blanked. */
function headOf(document: Uint8Array, wanted?: RegExp): string {
  const bytes = Buffer.from(document.buffer, document.byteOffset, document.byteLength);
  for (let length = wanted === undefined ? bytes.length : HEAD_BYTES; ; length *= 4) {
    const text = bytes.toString('latin1', 0, length);
    const head = text.includes('<!--')
      ? text.replace(/<!--[\s\S]*?(?:-->|$)/gu, (comment) => ' '.repeat(comment.length))
      : text;
    if (length >= bytes.length || wanted?.test(head) === true) return head;
  }
}

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return new Map(
    [...tag.matchAll(ATTRIBUTE)].map(([, name = '', double, single]) => [
      decoded(name),
      decoded((double ?? single ?? '').replaceAll('&amp;', '&')).trim(),
    ]),
  );
}

/** A copy: what V8 cuts out of a string keeps all of that string in memory. */
function decoded(text: string): string {
  return Buffer.from(text, 'latin1').toString();
}
