import { readFile } from 'node:fs/promises';
import type { ProcessPort } from '../process-lock.js';

/**
 * This process by number, start and boot, so that a later process with the same number is told apart.
 * Where there is no `/proc` the number alone must do.
 */
export async function nodeProcess(): Promise<ProcessPort> {
  const id = await nameOf(process.pid);
  return {
    id: id ?? String(process.pid),
    isAlive: async (other) => {
      const pid = Number.parseInt(other, 10);
      if (!isRunning(pid)) return false;
      const name = await nameOf(pid);
      return name === undefined || name === other;
    },
  };
}

/** `pid.start.boot`, from fields 1 and 22 of `/proc/<pid>/stat` (proc(5)) and the kernel's boot id. */
async function nameOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may hold spaces and brackets; counting starts after its last one.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${pid}.${start}.${boot.slice(0, 8)}`;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user answers EPERM: it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
