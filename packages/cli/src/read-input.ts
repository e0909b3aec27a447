import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { InputError } from '@buergerkoffer/formats';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/** The name under which a command reads standard input. */
export const STANDARD_INPUT = '-';

/**
 * The bytes of `file`, or of `input` where it is `-`; reads at most `maxBytes`, whatever kind of file it is.
 * `InputError` `missing`, `not-allowed`, `malformed` (a folder) and `too-large`; `StorageError` where the disk fails.
 */
export async function readInput(
  file: string,
  maxBytes: number,
  input: Readable | undefined,
): Promise<Uint8Array> {
  if (file === STANDARD_INPUT) return input === undefined ? new Uint8Array() : collect(file, input, maxBytes);
  return collect(file, createReadStream(file), maxBytes);
}

async function collect(file: string, stream: Readable, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      const bytes = chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
      length += bytes.length;
      if (length > maxBytes) {
        throw new InputError('too-large', `the file has more than the ${maxBytes} bytes that are read`, {
          path: file,
        });
      }
      chunks.push(bytes);
    }
  } catch (error) {
    throw fileFault(file, error);
  }
  return Buffer.concat(chunks);
}

/** What a failed reading means: a wrong name is the caller's, a failing disk is not. */
function fileFault(path: string, error: unknown): Error {
  if (error instanceof InputError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const details = { path, cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ENAMETOOLONG':
      return new InputError('missing', 'there is no such file', {
        ...details,
        remedy: 'check the name and the folder',
      });
    case 'EISDIR':
      return new InputError('malformed', 'this is a folder, not a file', {
        ...details,
        remedy: 'name the file in it',
      });
    case 'EACCES':
    case 'EPERM':
      return new InputError('not-allowed', 'this user may not read the file', {
        ...details,
        remedy: 'give the user the right to read it, or run as its owner',
      });
    default:
      return storageErrorOf(error, path);
  }
}
