import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { emptyFolder } from './folders.js';

/** A folder on a disk of `kib` KiB of its own; `undefined` where this user may not mount one. */
export async function smallDisk(kib: number): Promise<string | undefined> {
  const folder = await emptyFolder();
  if (!mounted('-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder)) return undefined;
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder]);
  });
  return folder;
}

/** A folder in which nobody can write; `undefined` where this user can neither mount one nor be kept out of one. */
export async function readOnlyFolder(): Promise<string | undefined> {
  const folder = await smallDisk(64);
  if (folder !== undefined) return mounted('-o', 'remount,ro', folder) ? folder : undefined;
  if (process.getuid?.() === 0) return undefined;
  const closed = await emptyFolder();
  chmodSync(closed, 0o500);
  return closed;
}

function mounted(...args: readonly string[]): boolean {
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
