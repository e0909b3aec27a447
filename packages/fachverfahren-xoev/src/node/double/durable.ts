import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

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

async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
