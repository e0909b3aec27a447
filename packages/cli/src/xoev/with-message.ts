import type { Readable } from 'node:stream';
import type { SchemaDescriptor } from '@buergerkoffer/fachverfahren-xoev/message';
import { readMessageFile } from './read-message-file.js';
import { descriptorFor, schemasOf, type SchemaOptions } from './schema-options.js';

/**
 * Works on one message with the descriptor for it: of the schemas that the options name, else the one that this release brings
 * along. The schemas are closed again, whatever comes of it.
 */
export async function withMessage<T>(
  file: string,
  options: SchemaOptions,
  input: Readable | undefined,
  work: (bytes: Uint8Array, descriptor: SchemaDescriptor) => T | Promise<T>,
): Promise<T> {
  const library = await schemasOf(options);
  try {
    const bytes = await readMessageFile(file, input);
    return await work(bytes, descriptorFor(library, bytes));
  } finally {
    library?.close();
  }
}
