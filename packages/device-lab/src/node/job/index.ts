import { readFileSync, writeSync } from 'node:fs';
import { runJob } from './run-job.js';
import type { Job } from './job.js';

/** The channel to whoever started this process. */
const CHANNEL_FD = 3;

/** Runs the job in the file that the first argument names, as this process; its events go to file descriptor 3. */
export async function runJobProcess(): Promise<void> {
  const [, , path = ''] = process.argv;
  // Written by the lab that started this process, of the same version.
  const job = JSON.parse(readFileSync(path, 'utf8')) as Job;
  await runJob(job, (event) => {
    writeSync(CHANNEL_FD, `${JSON.stringify(event)}\n`);
  });
}
