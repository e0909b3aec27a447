import { checkStringLatin } from '@buergerkoffer/formats';
import type { MessageElement } from '../message/tree.js';
import { childOf } from '../message/tree.js';
import { checkCharacters, EMPTY_TEXT } from '../xmeld/text-rules.js';
import type { ElementRule } from './message-context.js';
import { FREE_SEARCH } from './message-types.js';
import { textLeaf } from './text-leaves.js';

/** Bytes in base64 where another message has a text of this name. */
const BASE64 = /^[A-Za-z0-9+/\s]+={0,2}\s*$/;
/** `name` of such a parent is the name of a person. */
const PERSON_NAME = /(?:name|vornamen)(?:\.|$)|vorname|nachnamepass/i;

/** A text is there and of one line where it must be, of DIN 91379 datatype C; a person's name is of datatype A. */
export const checkTextLeaves: ElementRule = ({ findings, type }, element, above) => {
  if (element.children.length > 0) return;
  const leaf = textLeaf(element.local);
  if (leaf === undefined) return;
  const { text } = element;
  const sink = findings.sink(element);
  if (text.trim() === '') {
    const [english, german] = EMPTY_TEXT;
    if (!leaf.optional) sink.error('S030', '', english, german);
    else
      sink.warning(
        'S030',
        '',
        `${english}; leave the element out`,
        'Das Feld ist leer; bitte ausfüllen oder weglassen.',
      );
    return;
  }
  if (isToken(element, above.at(-1))) return;
  if (element.local === 'inhalt' && text.length > 64 && BASE64.test(text)) return;
  checkCharacters(text, '', sink, leaf.lines);
  const parent = above.at(-1);
  if (element.local === 'name' && type !== FREE_SEARCH && PERSON_NAME.test(parent?.local ?? '')) {
    checkPersonName(text, sink);
  }
};

/** White space around tokens does not count: codes, the name of a code, the UUID. */
function isToken(element: MessageElement, parent: MessageElement | undefined): boolean {
  if (element.local === 'code' || element.local === 'nachrichtenUUID') return true;
  return element.local === 'name' && parent !== undefined && childOf(parent, 'code') !== undefined;
}

function checkPersonName(text: string, sink: Parameters<typeof checkCharacters>[2]): void {
  if (/\p{Cc}/u.test(text) || checkStringLatin(text, 'C') !== undefined) return;
  const fault = checkStringLatin(text, 'A');
  if (fault === undefined) return;
  sink.warning(
    'S999',
    '',
    `character ${fault.grapheme + 1} (${fault.codePoint}) is not for names of persons (DIN 91379 datatype A)`,
    `Das ${fault.grapheme + 1}. Zeichen (${fault.codePoint}) kommt in Namen von Personen nicht vor; bitte prüfen.`,
  );
}
