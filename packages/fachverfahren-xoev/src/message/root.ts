import { SaxesParser } from 'saxes';
import type { ExpandedName } from '../xmeld/xml-reader.js';

/** Ends the parser when the root is known. */
class Found extends Error {}

/** The root element of a document. */
export interface RootElement extends ExpandedName {
  /** Line on which its start tag ends, from 1. */
  readonly line: number;
}

/**
 * The name of the root element, read no further than its start tag; `undefined` when what stands before is not
 * well-formed. For choosing a schema: the document is still to be checked.
 */
export function rootOf(bytes: Uint8Array): RootElement | undefined {
  const parser = new SaxesParser({ xmlns: true, position: true });
  let root: RootElement | undefined;
  parser.on('opentag', ({ uri, local }) => {
    root = { uri, local, line: parser.line };
    throw new Found();
  });
  parser.on('error', () => {
    throw new Found();
  });
  const decoder = new TextDecoder();
  try {
    for (let at = 0; at < bytes.length; at += STEP) {
      parser.write(decoder.decode(bytes.subarray(at, at + STEP), { stream: true }));
    }
  } catch (error) {
    if (!(error instanceof Found)) throw error;
  }
  return root;
}

const STEP = 16_384;
