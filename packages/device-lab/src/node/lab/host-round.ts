import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lineSplitter } from '../guest/lines.js';
import type { GuestEnd } from '../guest/run-guest.js';
import { eventsTo, jobOf, jobProgram, labEnvironment, LONGEST_LINE, type RoundContext } from './round-job.js';
import type { Round } from './rounds.js';
import { withRunFolder } from './run-folder.js';

/** Runs the files of `round` on this computer, whose modules are loaded. Rejects with the signal's reason when aborted. */
export async function runOnHost(round: Round, context: RoundContext): Promise<GuestEnd> {
  return withRunFolder(async (folder) => {
    const job = join(folder, 'job.json');
    await writeFile(job, jobOf(round, context));
    const child = spawn(process.execPath, [jobProgram(), job], {
      // A group of its own: an abort ends the processes of the lab files too.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      env: { ...process.env, ...labEnvironment('host', round) },
    });
    const kill = (): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    };
    context.signal.addEventListener('abort', kill, { once: true });
    const channel = child.stdio[3] as Readable;
    channel.setEncoding('utf8').on('data', lineSplitter(LONGEST_LINE, eventsTo(context.tell)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        context.tell({ type: 'console', text });
      });
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
