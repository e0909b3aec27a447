import type { Readable } from 'node:stream';
import { InputError } from '@buergerkoffer/formats';
import { readInput } from '../read-input.js';

/** Largest file of data that is read, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The JSON in a file, or of `input` where it is `-`; what is no JSON is `InputError` `malformed`. */
export async function readJson(file: string, input: Readable | undefined): Promise<unknown> {
  const bytes = await readInput(file, MAX_BYTES, input);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The parser's own message quotes the data.
    throw new InputError('malformed', 'this is no JSON in UTF-8', {
      path: file,
      remedy: 'give a file as koffer form sample writes it',
    });
  }
}
