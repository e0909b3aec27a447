import { InputError } from '@buergerkoffer/formats';
import type { XmlLimits } from '../xmeld/xml-reader.js';
import { readXml, XML_LIMITS } from '../xmeld/xml-reader.js';
import type { MessageElement } from './tree.js';

/** As {@link XML_LIMITS}, with room for the messages of many persons: a million elements, 128 levels. */
export const MESSAGE_LIMITS: XmlLimits = { ...XML_LIMITS, maxElements: 1_000_000, maxDepth: 128 };

/** An element while its end is not reached. */
interface Growing extends MessageElement {
  readonly children: Growing[];
  readonly content: (Growing | string)[];
  text: string;
  path: string;
}

/**
 * The root element of a message, read into memory within bounds; comments and processing instructions are left out.
 * `InputError` with the byte offset for what is no XML in UTF-8, has a document type declaration, or crosses the limits.
 */
export function readMessageTree(bytes: Uint8Array, limits: XmlLimits = MESSAGE_LIMITS): MessageElement {
  const open: Growing[] = [];
  const roots: Growing[] = [];
  readXml(
    bytes,
    {
      open(_path, name, _attributes, tag) {
        const element: Growing = {
          namespace: name.uri,
          local: name.local,
          prefix: tag.prefix,
          attributes: tag.attributes.map((each) => ({
            namespace: each.uri,
            local: each.local,
            prefix: each.prefix,
            value: each.value,
          })),
          declarations: Object.entries(tag.declarations).map(([prefix, uri]) => ({ prefix, uri })),
          children: [],
          content: [],
          text: '',
          line: tag.line,
          path: '',
        };
        const parent = open.at(-1);
        if (parent === undefined) roots.push(element);
        else {
          parent.children.push(element);
          parent.content.push(element);
        }
        open.push(element);
      },
      text(_path, part) {
        const element = open.at(-1);
        if (element === undefined) return;
        element.text += part;
        const last = element.content.at(-1);
        if (typeof last === 'string') element.content[element.content.length - 1] = last + part;
        else element.content.push(part);
      },
      close() {
        open.pop();
      },
    },
    limits,
  );
  const [root] = roots;
  if (root === undefined)
    throw new InputError('malformed', 'the XML document has no root element', { offset: 0 });
  locate(root, '');
  return root;
}

/** Sets the location paths; strings of V8 share their beginnings, so that this costs little memory. */
function locate(element: Growing, parent: string, index = ''): void {
  element.path = `${parent}/${stepOf(element)}${index}`;
  if (element.children.length === 0) return;
  const counts = new Map<string, number>();
  for (const child of element.children) counts.set(stepOf(child), (counts.get(stepOf(child)) ?? 0) + 1);
  const seen = new Map<string, number>();
  for (const child of element.children) {
    const step = stepOf(child);
    const position = (seen.get(step) ?? 0) + 1;
    seen.set(step, position);
    locate(child, element.path, (counts.get(step) ?? 1) > 1 ? `[${position}]` : '');
  }
}

/** The name as written; a name in a default namespace has no prefix that a path could use, it is `*`. */
function stepOf({ namespace, prefix, local }: MessageElement): string {
  if (prefix !== '') return `${prefix}:${local}`;
  return namespace === '' ? local : '*';
}
