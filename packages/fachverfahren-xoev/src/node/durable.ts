import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@buergerkoffer/formats';

/** A file to write: its path below a folder, and its bytes. */
export interface NewFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/**
 * Writes a folder with all its files, or nothing: under a temporary name beside the target, flushed to disk, then
 * renamed. Rejects when the target exists and is not empty.
 */
export async function writeFolder(target: string, files: readonly NewFile[]): Promise<void> {
  const parent = dirname(target);
  const draft = join(parent, `.draft-${randomUUID()}`);
  try {
    const folders = new Set([draft, ...files.map(({ path }) => dirname(join(draft, path)))]);
    for (const folder of folders) await mkdir(folder, { recursive: true });
    for (const { path, bytes } of files) await writeFlushed(join(draft, path), bytes, 'wx');
    for (const folder of folders) await flushFolder(folder);
    await rename(draft, target);
    await flushFolder(parent);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

/** Appends a line and flushes it. */
export async function appendLine(path: string, line: string): Promise<void> {
  await writeFlushed(path, `${line}\n`, 'a');
}

/** The text of a file, `undefined` when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

/** True for a system error with this code, such as `ENOENT`. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

async function writeFlushed(path: string, bytes: Uint8Array | string, flags: 'a' | 'wx'): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the names in a folder durable. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Writes one file so that it appears whole or not at all; `false` when it is there already, which is left alone. */
export async function writeOnce(target: string, bytes: Uint8Array | string): Promise<boolean> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.draft-${randomUUID()}`);
  try {
    await writeFlushed(draft, bytes, 'wx');
    // A hard link fails where a rename would replace.
    await link(draft, target);
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
  await flushFolder(folder);
  return true;
}

/**
 * The bytes of a plain file of at most `maxBytes`, `undefined` when there is none; a link, a folder or a longer file
 * is `InputError`.
 */
export async function readBounded(path: string, maxBytes: number): Promise<Uint8Array | undefined> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (hasCode(error, 'ELOOP')) throw new InputError('not-allowed', 'the file is a link', { path });
    throw error;
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new InputError('not-allowed', 'not a plain file', { path });
    if (stat.size > maxBytes) {
      throw new InputError('too-large', `the file has ${stat.size} bytes, ${maxBytes} are allowed`, { path });
    }
    const bytes = new Uint8Array(stat.size);
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
