import { checkNeeds, type CompleteNeeds } from './lab-needs.js';
import { readLiteral } from './literal.js';

/** `export const needs = {`, as it is written and as compilers write it. */
const DECLARATION = /^(?:export )?(?:const|var|let) needs(?:\s*:\s*[\w.]+)? = /m;

/**
 * The needs that the source `text` of a lab file declares, without running it: a file can be grouped on a computer that lacks
 * the libraries that it imports. Throws an `Error` that names the line where they are not one literal.
 */
export function readNeeds(text: string): CompleteNeeds {
  const found = DECLARATION.exec(text);
  if (found === null) return checkNeeds({});
  const start = found.index + found[0].length;
  try {
    return checkNeeds(readLiteral(text, start));
  } catch (error) {
    const line = text.slice(0, start).split('\n').length;
    throw new Error(`line ${line}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
