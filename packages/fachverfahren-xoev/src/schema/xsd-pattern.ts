import { InputError } from '@buergerkoffer/formats';
import { blockClass } from './xsd-blocks.js';
import { NAME_PART, NAME_START } from './xml-names.js';

/**
 * A pattern of XML Schema (part 2, appendix F) as a regular expression over a whole text. `InputError` `unsupported` for
 * blocks (`\p{IsThai}`) outside the scripts of Europe, which ECMAScript does not know.
 */
export function patternOf(pattern: string): RegExp {
  let source = '';
  let depth = 0;
  const starts: number[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at] ?? '';
    if (character === '\\') {
      at += 1;
      source += escapeOf(pattern, at, depth > 0);
      if (pattern[at] === 'p' || pattern[at] === 'P') at = pattern.indexOf('}', at);
    } else if (character === '[') {
      // A class after a minus sign is taken away from the one around it, which must be whole for that.
      if (depth > 0) source = `${source.slice(0, starts.at(-1))}[${source.slice(starts.at(-1), -1)}]--`;
      starts.push(source.length);
      source += '[';
      depth += 1;
    } else if (character === ']') {
      depth -= 1;
      starts.pop();
      source += ']';
    } else if (depth > 0) source += classCharacter(character, pattern, at);
    else source += OUTSIDE[character] ?? character;
  }
  try {
    return new RegExp(`^(?:${source})$`, 'v');
  } catch (cause) {
    throw new InputError('unsupported', 'a pattern of the schema cannot be understood', { cause });
  }
}

/** Characters that mean something else outside classes, or nothing in XML Schema. */
const OUTSIDE: Readonly<Record<string, string>> = { '.': '[^\\n\\r]', '^': '\\^', $: '\\$', '/': '\\/' };

/** Characters that the flag `v` wants escaped in classes. */
const IN_CLASS = new Set('(){}/|&!#$%*+,.:;<=>?@`~');

function classCharacter(character: string, pattern: string, at: number): string {
  if (character === '-') {
    // A hyphen is literal at either end; before a class it takes away.
    const next = pattern[at + 1];
    const previous = pattern[at - 1];
    if (next === '[') return '-';
    return next === ']' || previous === '[' || (previous === '^' && pattern[at - 2] === '[') ? '\\-' : '-';
  }
  if (character === '^') return pattern[at - 1] === '[' ? '^' : '\\^';
  return IN_CLASS.has(character) ? `\\${character}` : character;
}

/** Classes by letter (appendix F, 5.3). */
const CLASSES: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '[^\\p{P}\\p{Z}\\p{C}]',
  W: '[\\p{P}\\p{Z}\\p{C}]',
  s: '[ \\t\\n\\r]',
  S: '[^ \\t\\n\\r]',
  i: `[:${NAME_START}]`,
  I: `[^:${NAME_START}]`,
  c: `[:${NAME_PART}]`,
  C: `[^:${NAME_PART}]`,
};

function escapeOf(pattern: string, at: number, inClass: boolean): string {
  const letter = pattern[at] ?? '';
  const known = CLASSES[letter];
  if (known !== undefined) return known;
  if (letter === 'p' || letter === 'P') {
    const end = pattern.indexOf('}', at);
    const name = pattern.slice(at + 2, end);
    if (name.startsWith('Is')) {
      const block = blockClass(name.slice(2), letter === 'P');
      if (block !== undefined) return block;
    }
    if (end < 0 || name.startsWith('Is'))
      throw new InputError('unsupported', 'a pattern of the schema names a block of characters');
    return `\\${letter}{${name}}`;
  }
  if ('nrt'.includes(letter)) return `\\${letter}`;
  if (inClass && !'-^[]\\(){}/|&!#$%*+,.:;<=>?@`~'.includes(letter)) return letter;
  return /[A-Za-z0-9]/u.test(letter)
    ? letter
    : inClass || '^$\\.*+?()[]{}|/'.includes(letter)
      ? `\\${letter}`
      : letter;
}
