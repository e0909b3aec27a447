import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { InputError } from '@buergerkoffer/formats';
import type { CodeList } from '@buergerkoffer/fachverfahren-xoev/codelists';
import {
  GENERICODE_LIMITS,
  GENERICODE_NAMESPACE,
  readGenericode,
} from '@buergerkoffer/fachverfahren-xoev/codelists';
import { storageErrorOf } from '@buergerkoffer/vault/node';
import { readInput } from '../read-input.js';

const MAX_DEPTH = 16;
const MAX_FILES = 20_000;
/** Bytes from the beginning in which a code list names its namespace. */
const HEAD_BYTES = 64 * 1024;

/**
 * The files below a folder that may be code lists by their names, in order of their paths; a file is taken as it is.
 * Links are not followed. `InputError` `missing`, and `too-large` beyond 20,000 files or 16 folders in one another.
 */
export async function genericodeFiles(path: string): Promise<readonly string[]> {
  const found = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new InputError('missing', 'there is no such folder', {
        path,
        remedy: 'check the name of the folder',
      });
    }
    throw storageErrorOf(error, path);
  });
  if (!found.isDirectory()) return [path];
  const files: string[] = [];
  await collect(path, 0, files);
  return files;
}

async function collect(folder: string, depth: number, files: string[]): Promise<void> {
  if (depth > MAX_DEPTH) throw tooMuch(folder);
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await collect(path, depth + 1, files);
    else if (entry.isFile() && /\.(?:xml|gc)(?:\.gz)?$/i.test(entry.name)) files.push(path);
    if (files.length > MAX_FILES) throw tooMuch(folder);
  }
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw storageErrorOf(error, folder);
  }
}

function tooMuch(path: string): InputError {
  return new InputError('too-large', `more than ${MAX_FILES} files or ${MAX_DEPTH} folders in one another`, {
    path,
    remedy: 'name a folder that holds the code lists',
  });
}

/** The code list in a file, plain or packed with gzip; `undefined` for a document of another kind. */
export async function readCodeListFile(
  file: string,
  input: Readable | undefined,
): Promise<CodeList | undefined> {
  const bytes = unpacked(await readInput(file, GENERICODE_LIMITS.maxBytes, input), file);
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  return head.includes(GENERICODE_NAMESPACE) ? readGenericode(bytes) : undefined;
}

function unpacked(bytes: Uint8Array, path: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: GENERICODE_LIMITS.maxBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    throw code === 'ERR_BUFFER_TOO_LARGE'
      ? new InputError('too-large', `unpacked it has more than ${GENERICODE_LIMITS.maxBytes} bytes`, { path })
      : new InputError('malformed', 'the file is packed with gzip and cannot be unpacked', {
          path,
          cause: error,
        });
  }
}
