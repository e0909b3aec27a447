import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lineSplitter } from '../guest/lines.js';
import type { GuestEnd } from '../guest/run-guest.js';
import { eventsTo, jobOf, jobProgram, labEnvironment, LONGEST_LINE, type RunContext } from './file-job.js';
import type { LabFile } from './lab-needs.js';
import { withRunFolder } from './run-folder.js';

/** Runs a lab file on this computer, whose modules are loaded. Rejects with the signal's reason when aborted. */
export async function runOnHost(labFile: LabFile, context: RunContext): Promise<GuestEnd> {
  return withRunFolder(async (folder) => {
    const job = join(folder, 'job.json');
    await writeFile(job, jobOf(labFile, context));
    const child = spawn(process.execPath, [jobProgram(), job], {
      // A group of its own: an abort ends the processes of the lab file too.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...labEnvironment('host', labFile) },
    });
    const kill = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    context.signal.addEventListener('abort', kill, { once: true });
    const channel = child.stdio[3] as Readable;
    channel.setEncoding('utf8').on('data', lineSplitter(LONGEST_LINE, eventsTo(context.tell)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', context.console);
    }
    try {
      const [status] = (await once(child, 'close')) as [number | null];
      context.signal.throwIfAborted();
      return status === null ? { how: 'broken', reason: 'its process was killed' } : { how: 'done', status };
    } finally {
      context.signal.removeEventListener('abort', kill);
    }
  });
}
