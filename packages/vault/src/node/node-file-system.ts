import { mkdir, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileSystemPort, OpenFile } from '../file-system.js';
import { StorageError, type StorageErrorCode } from '../storage-error.js';

const CODE_OF: Readonly<Record<string, StorageErrorCode>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EISDIR: 'denied',
  EIO: 'corrupt',
  EBUSY: 'locked',
};

const TEXT_OF: Readonly<Record<StorageErrorCode, string>> = {
  full: 'the disk or the quota is full',
  'read-only': 'the disk is mounted read-only',
  denied: 'the system does not allow it',
  missing: 'there is no such file or folder',
  corrupt: 'the disk reports an error',
  locked: 'the file is in use',
  closed: 'the file is closed',
};

/** Node's files as the vault's port; every error is translated here and nowhere else. */
export const nodeFileSystem: FileSystemPort = {
  open: (path, mode) =>
    translated(path, async () => openFile(path, await open(path, mode === 'create' ? 'w+' : 'r+', 0o600))),
  read: (path, maxBytes) =>
    translated(path, async () => {
      const handle = await open(path, 'r');
      try {
        return await readWhole(handle, path, maxBytes);
      } finally {
        await handle.close();
      }
    }),
  list: (folder) => translated(folder, async () => (await readdir(folder)).sort()),
  makeFolder: (path) => translated(path, () => makeFolder(path)),
  rename: (from, to) => translated(to, () => rename(from, to)),
  remove: (path) => translated(path, () => rm(path, { force: true })),
  syncFolder: (path) => translated(path, () => syncFolder(path)),
};

/** One level at a time: Node's own recursion never ends under `/proc`, where the answer for a new folder is ENOENT. */
async function makeFolder(path: string): Promise<void> {
  const known = await stat(path).catch(() => undefined);
  if (known?.isDirectory() === true) return;
  if (known !== undefined)
    throw new StorageError('denied', 'there is a file in the place of the folder', { path });
  const parent = dirname(path);
  if (parent !== path) await makeFolder(parent);
  await mkdir(path, { mode: 0o700 });
  await syncFolder(parent);
}

async function syncFolder(path: string): Promise<void> {
  // Windows cannot sync a folder; NTFS journals names itself.
  if (process.platform === 'win32') return;
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Any error of a file operation as a StorageError with the path; one that is none of the known codes is `denied`. */
export function storageErrorOf(error: unknown, path: string): StorageError {
  if (error instanceof StorageError) return error;
  const system =
    error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const code = CODE_OF[system] ?? 'denied';
  const detail = system === '' ? '' : ` (${system})`;
  return new StorageError(code, TEXT_OF[code] + detail, { path, cause: error });
}

async function translated<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw storageErrorOf(error, path);
  }
}

async function readWhole(handle: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (size > maxBytes) {
    throw new StorageError('corrupt', `the file is longer than the ${maxBytes} bytes it may have`, { path });
  }
  return readAt(handle, 0, size);
}

function openFile(path: string, handle: FileHandle): OpenFile {
  return {
    size: () => translated(path, async () => (await handle.stat()).size),
    read: (offset, length) => translated(path, () => readAt(handle, offset, length)),
    write: (offset, bytes) => translated(path, () => writeAll(handle, offset, bytes)),
    truncate: (length) => translated(path, () => handle.truncate(length)),
    sync: () => translated(path, () => handle.sync()),
    close: () => translated(path, () => handle.close()),
  };
}

async function readAt(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

async function writeAll(handle: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
}
