/** More than 32 bits hold: libxml2 refuses it, and no message has so many elements. */
const TOO_OFTEN = /(\bmaxOccurs\s*=\s*["'])\s*\d{10,}\s*(?=["'])/gu;

/** A step of an identity constraint may name its axis (XML Schema part 1, 3.11.6); libxml2 2.14 then finds nothing. */
const PATH = /\bxpath\s*=\s*(?:"[^"]*"|'[^']*')/gu;

/** The schema document with other spellings of the same where libxml2 does not understand those that it has. */
export function respelled(document: Uint8Array): Uint8Array {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('latin1');
  const changed = text
    .replace(TOO_OFTEN, '$1unbounded')
    .replace(PATH, (attribute) => attribute.replace(/\bchild\s*::\s*/gu, ''));
  return changed === text ? document : Buffer.from(changed, 'latin1');
}
