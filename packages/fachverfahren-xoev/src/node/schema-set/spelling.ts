/** More than 32 bits hold: libxml2 refuses it, and no message has so many elements. */
const TOO_OFTEN = /(\bmaxOccurs\s*=\s*["'])\s*\d{10,}\s*(?=["'])/gu;

/** A step of an identity constraint may name its axis (XML Schema part 1, 3.11.6); libxml2 2.14 then finds nothing. */
const PATH = /\bxpath\s*=\s*(?:"[^"]*"|'[^']*')/gu;

/** A class of characters without another inside, and not inside of another (XML Schema part 2, F.1). */
const CLASS = /\\.|(?<!-)\[(\^?)((?:\\[pP]\{[^}]*\}|\\.|[^[\]\\])*)\]/gu;
const COMPLEMENT = /\\P\{[^}]*\}/gu;

/** Inside of brackets libxml2 takes `\P{L}` for `\p{L}`: what it stands beside becomes an alternative. */
function withoutComplements(pattern: string): string {
  return pattern.replace(CLASS, (whole, negation: string | undefined, items: string | undefined) => {
    const complements = items?.match(COMPLEMENT) ?? [];
    const rest = items?.replace(COMPLEMENT, '') ?? '';
    const [only = ''] = complements;
    // A hyphen could come to join what it did not join.
    if (only === '' || rest.includes('-')) return whole;
    if (negation === '') return `(${[...complements, ...(rest === '' ? [] : [`[${rest}]`])].join('|')})`;
    return complements.length === 1 && rest === '' ? only.replace('P', 'p') : whole;
  });
}

/** A pattern facet's value. */
const PATTERN = /(<(?:[\w.-]+:)?pattern\b[^>]*?\bvalue\s*=\s*)("[^"]*"|'[^']*')/gu;

/** The schema document with other spellings of the same where libxml2 does not understand those that it has. */
export function respelled(document: Uint8Array): Uint8Array {
  const text = Buffer.from(document.buffer, document.byteOffset, document.byteLength).toString('latin1');
  const changed = text
    .replace(TOO_OFTEN, '$1unbounded')
    .replace(PATH, (attribute) => attribute.replace(/\bchild\s*::\s*/gu, ''))
    .replace(PATTERN, (_, tag: string, value: string) => tag + withoutComplements(value));
  return changed === text ? document : Buffer.from(changed, 'latin1');
}
