import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Diagnostic } from '@buergerkoffer/core';

/** Below this a visit is not begun, and below the second a case may fail while it is written; in MiB. */
const LITTLE_MIB = 500;
const TOO_LITTLE_MIB = 50;
const MIB = 1024 * 1024;

/** A folder that the suitcase writes to. */
export interface NeededFolder {
  readonly id: 'temp' | 'state';
  readonly what: string;
  readonly path: string;
  /** How to choose another one. */
  readonly variable: string;
}

/** The folders that programs of the SDK write to unless they are told otherwise. */
export function neededFolders(): readonly NeededFolder[] {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  return [
    { id: 'temp', what: 'the folder for temporary files', path: tmpdir(), variable: 'TMPDIR' },
    { id: 'state', what: "the user's state folder", path: state, variable: 'XDG_STATE_HOME' },
  ];
}

/** What is to be said about `folder`: whether it can be written, and how much is free. A missing one can be made in its parent. */
export async function folderFindings(folder: NeededFolder): Promise<readonly Diagnostic[]> {
  const { id, what, path, variable } = folder;
  const there = await nearest(path);
  const writable = await access(there, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!writable) {
    return [
      {
        code: `system.${id}-read-only`,
        severity: 'error',
        message: `${what} ${path} cannot be written`,
        remedy: `give this user the right to write it, mount it writable, or set ${variable}`,
      },
    ];
  }
  const { bavail, bsize } = await statfs(there);
  return spaceFindings(folder, Math.floor((bavail * bsize) / MIB));
}

/** What is to be said about `freeMib` MiB in `folder`. */
export function spaceFindings({ id, what, path }: NeededFolder, freeMib: number): readonly Diagnostic[] {
  if (freeMib >= LITTLE_MIB) return [];
  return [
    {
      code: `system.${id}-full`,
      severity: freeMib < TOO_LITTLE_MIB ? 'error' : 'warning',
      message: `only ${freeMib} MiB are free in ${what} ${path}`,
      remedy: `free space on that disk: a visit needs up to ${LITTLE_MIB} MiB`,
    },
  ];
}

/** Whether there is something at `path`. */
export function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function nearest(path: string): Promise<string> {
  const parent = dirname(path);
  return parent === path || (await exists(path)) ? path : nearest(parent);
}
