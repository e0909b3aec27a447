import { patternOf, type SchemaDescriptor, type TypeName } from '../../src/schema/index.js';

/** A text of a simple type: the first code that is listed, a short match of the pattern, or what the built-in type asks for. */
export function sampleText(descriptor: SchemaDescriptor, name: TypeName): string {
  const type = descriptor.types[name];
  if (type?.kind !== 'simple') return BUILT_IN[name] ?? 'Text';
  if (type.enumeration !== undefined) return type.enumeration[0] ?? '';
  const pattern = type.patterns?.[0]?.[0];
  if (pattern !== undefined) {
    const usual = sampleText(descriptor, type.base);
    return patternOf(pattern).test(usual) ? usual : matchOf(pattern);
  }
  if (type.minInclusive !== undefined) return type.minInclusive;
  if (type.maxInclusive !== undefined) return type.maxInclusive;
  const text = sampleText(descriptor, type.base);
  return type.maxLength === undefined ? text : text.slice(0, type.maxLength);
}

const BUILT_IN: Readonly<Record<TypeName, string>> = {
  'xs:boolean': 'true',
  'xs:date': '2026-02-09',
  'xs:dateTime': '2026-02-09T10:15:00.000+01:00',
  'xs:gYear': '1980',
  'xs:gYearMonth': '1980-05',
  'xs:base64Binary': 'AAAA',
  'xs:integer': '1',
  'xs:int': '1',
  'xs:decimal': '1.0',
  'xs:double': '1.0',
  'xs:time': '10:15:00',
  'xs:anyURI': 'urn:x',
  'xs:language': 'de',
  'xs:NMTOKEN': 'a1',
  'xs:NCName': 'a1',
  'xs:duration': 'P1D',
  'xs:nonNegativeInteger': '1',
  'xs:positiveInteger': '1',
  'xs:unsignedLong': '1',
  'xs:ID': 'a1',
};

/** A short text that a pattern of XML Schema matches: of alternatives the first, of repetitions the fewest, at least one. */
function matchOf(pattern: string): string {
  let at = 0;
  const alternatives = (): string => {
    const first = sequence();
    while (pattern[at] === '|') {
      at += 1;
      sequence();
    }
    return first;
  };
  const sequence = (): string => {
    let text = '';
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const atom = oneAtom();
      text += atom.repeat(repetitions());
    }
    return text;
  };
  const oneAtom = (): string => {
    const character = pattern[at] ?? '';
    at += 1;
    if (character === '(') {
      const inner = alternatives();
      at += 1;
      return inner;
    }
    if (character === '[') return characterOfClass();
    if (character === '\\') return escaped();
    return character === '.' ? 'x' : character;
  };
  const escaped = (): string => {
    const letter = pattern[at] ?? '';
    at += 1;
    if (letter === 'p') at = pattern.indexOf('}', at) + 1;
    return letter === 'd' ? '1' : letter === 'p' ? 'a' : letter;
  };
  const characterOfClass = (): string => {
    const end = pattern.indexOf(']', at);
    const inside = pattern.slice(at, end);
    at = end + 1;
    if (inside.startsWith('^')) return 'x';
    if (inside.startsWith('\\p{L}')) return 'a';
    return inside.startsWith('0-') ? '1' : (inside[0] ?? '');
  };
  const repetitions = (): number => {
    const mark = pattern[at];
    if (mark === '*' || mark === '+' || mark === '?') {
      at += 1;
      return 1;
    }
    if (mark !== '{') return 1;
    const end = pattern.indexOf('}', at);
    const count = Number(pattern.slice(at + 1, end).split(',')[0]);
    at = end + 1;
    return count;
  };
  return alternatives();
}
