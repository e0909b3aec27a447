/** Comments, CDATA sections and processing instructions, which are skipped, and annotations with their name. */
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<((?:[\w.-]+:)?annotation)(?=[\s/>])(?:[^>"']|"[^"]*"|'[^']*')*?(?:\/>|>[\s\S]*?<\/\1\s*>)/g;

/**
 * The schema document without its `xs:annotation` elements, which are most of a published one and which no validator needs;
 * the lines of everything else stay the same. A document with a document type declaration is returned as it is.
 */
export function withoutAnnotations(document: Uint8Array): Uint8Array {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('latin1');
  if (text.includes('<!DOCTYPE')) return document;
  const bare = text.replace(MARKUP, (markup, name?: string) => {
    // Documentation may show an annotation: where it is inside another, the first end is not the last.
    const isNested = name !== undefined && markup.includes(`<${name}`, 1);
    return name === undefined || isNested ? markup : markup.replace(/[^\n]+/g, '');
  });
  return Buffer.from(bare, 'latin1');
}
