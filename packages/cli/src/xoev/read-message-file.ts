import type { Readable } from 'node:stream';
import { readInput } from '../read-input.js';
import { MAX_MESSAGE_BYTES } from './schema-options.js';

/** The bytes of a message; `InputError` `too-large` above 32 MiB, before anything is parsed. */
export function readMessageFile(file: string, input: Readable | undefined): Promise<Uint8Array> {
  return readInput(file, MAX_MESSAGE_BYTES, input);
}
