/**
 * What libxml2 says about a fault, without the values that it quotes: they are data of persons. Anything that is not
 * known to be free of values is cut down to the element it is about.
 */
export function withoutValues(message: string): string {
  const text = message.trim();
  const subject = SUBJECT.exec(text);
  if (subject === null) return DOCUMENT_FAULTS.find((known) => text.startsWith(known)) ?? 'not valid';
  const [, element = '', attribute] = subject;
  const about =
    attribute === undefined
      ? `element ${named(element)}`
      : `attribute ${named(attribute)} of ${named(element)}`;
  return `${about}: ${faultOf(text.slice(subject[0].length))}`;
}

const SUBJECT = /^Element '([^']*)'(?:, attribute '([^']*)')?: /u;

/** Sentences of the parser and of the validator that name no element. */
const DOCUMENT_FAULTS: readonly string[] = ['The document has no document element.'];

/** `{namespace}local` as `local`. */
function named(name: string): string {
  return name.replace(/^\{[^}]*\}/u, '');
}

/** Said of what a strict wildcard lets stand if a schema declares it, and none does. */
export const UNDECLARED = 'no schema at hand declares it, and the schema lets stand here what one declares';

function faultOf(text: string): string {
  for (const [pattern, say] of FAULTS) {
    const match = pattern.exec(text);
    if (match !== null) return say(match[1] ?? '', match[2] ?? '');
  }
  return 'its value or content is not what the schema allows';
}

/** Sentences of libxml2 and how they are told; the groups hold names and numbers of the schema, never values. */
const FAULTS: readonly (readonly [RegExp, (first: string, second: string) => string])[] = [
  [/^\[facet 'pattern'\]/u, () => 'the value does not match the pattern of its type'],
  [/^\[facet 'enumeration'\]/u, () => 'the value is none that its type lists'],
  [
    /^\[facet '(m\w+Length|length)'\][\s\S]*'(\d+)'\.$/u,
    (facet, limit) => `the length of the value breaks ${facet} ${limit}`,
  ],
  [/^\[facet '(\w+)'\]/u, (facet) => `the value breaks the facet ${facet} of its type`],
  [/ is not a valid value of the (?:atomic|list|union|local) [^']*type(?: '([^']*)')?\.$/u, notOfType],
  [
    /^The attribute '([^']*)' is required but missing\.$/u,
    (name) => `the attribute ${named(name)} is missing`,
  ],
  [/^The attribute '([^']*)' is not allowed\.$/u, (name) => `the attribute ${named(name)} is not allowed`],
  [/^Missing child element\(s\)\.(?: Expected is (?:one of )?\( ([^()']*) \)\.)?$/u, missing],
  [/^This element is not expected\.(?: Expected is (?:one of )?\( ([^()']*) \)\.)?$/u, unexpected],
  [/^No matching global (?:element|attribute) declaration available, but demanded/u, () => UNDECLARED],
  [/^No matching global (?:element )?declaration available/u, () => 'the schema declares no such message'],
  [
    /does not match the fixed (?:value|attribute) constraint|fixed value constraint/u,
    () => 'the value is not the fixed one',
  ],
  [/^(Character content [^':]*)/u, (sentence) => lower(sentence)],
  [/^(Element content is not allowed[^':]*)/u, (sentence) => lower(sentence)],
  [/^The type definition is abstract\.$/u, () => 'its type is abstract: xsi:type must name another'],
];

function notOfType(type: string): string {
  return type === '' ? 'the value is not of its type' : `the value is not of the type ${type}`;
}

function missing(expected: string): string {
  return expected === ''
    ? 'a child element is missing'
    : `a child element is missing, expected: ${list(expected)}`;
}

function unexpected(expected: string): string {
  return expected === ''
    ? 'the element is not expected here'
    : `the element is not expected here, expected: ${list(expected)}`;
}

function list(expected: string): string {
  return expected.split(/,\s*/u).map(named).join(', ');
}

function lower(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`.replace(/[.,]\s*$/u, '');
}
