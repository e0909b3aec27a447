import { describe, expect, it } from 'vitest';
import { readMessage, readMessageTree, writeMessage, type MessageElement } from '../../src/message/index.js';
import { XmlOutput } from '../../src/message/xml-output.js';
import { canonicalXml } from '../../src/node/schema-set/index.js';
import { messagesIn, withoutData, XMELD, xoevSchemas } from '../support/xoev-data.js';

/** The element without white space between elements and without the place of its schema. */
function withoutNoise(element: MessageElement): MessageElement {
  const isNoise = element.children.length > 0 && element.text.trim() === '';
  return {
    ...element,
    attributes: element.attributes.filter(({ local }) => local !== 'schemaLocation'),
    content: element.content
      .filter((part) => typeof part !== 'string' || !isNoise)
      .map((part) => (typeof part === 'string' ? part : withoutNoise(part))),
  };
}

function canonicalWithoutNoise(bytes: Uint8Array): string {
  const output = new XmlOutput(new Map());
  output.tree(withoutNoise(readMessageTree(bytes)));
  return new TextDecoder().decode(canonicalXml(output.bytes()));
}

describe.skipIf(withoutData)('messages of OSCI-XMeld 25.11a', () => {
  it.each(['messages/reference', 'messages/pairs', 'generated/min', 'generated/max'])(
    'of %s are the same when they were read and written: equal under exclusive canonicalisation, and valid',
    async (folder) => {
      const schemas = await xoevSchemas();
      const descriptor = schemas.describe(XMELD);
      const messages = messagesIn(folder);
      expect(messages.length).toBeGreaterThan(3);
      for (const { name, bytes } of messages) {
        const { root, value, prefixes } = readMessage(descriptor, bytes);
        const written = writeMessage(descriptor, root, value as object, { prefixes });
        expect(new TextDecoder().decode(canonicalXml(written)), name).toBe(canonicalWithoutNoise(bytes));
        expect(schemas.validate(written).findings, name).toEqual([]);
      }
    },
    60_000,
  );
});
