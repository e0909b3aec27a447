import { release } from 'node:os';
import { readFile } from 'node:fs/promises';
import { run } from 'node:test';
import type { LabEvent } from '../lab/lab-event.js';
import type { Job } from './job.js';
import { TestOutcomes } from './test-outcomes.js';

/** Runs the lab files of `job`, each in a process of its own, and tells what happens; resolves when all have ended. */
export async function runJob(job: Job, tell: (event: LabEvent) => void): Promise<void> {
  const uptime = await readFile('/proc/uptime', 'utf8');
  tell({ type: 'ready', kernel: release(), uptimeMs: Math.round(Number.parseFloat(uptime) * 1_000) });
  const outcomes = new TestOutcomes();
  const told = (event: LabEvent | undefined): void => {
    if (event !== undefined) tell(event);
  };
  const tests = run({ files: [...job.files], concurrency: 1, timeout: job.fileLimitMs });
  tests.on('test:start', (data) => {
    outcomes.started(data);
  });
  tests.on('test:pass', (data) => {
    told(outcomes.ended('passed', data));
  });
  tests.on('test:fail', (data) => {
    told(outcomes.ended('failed', data));
  });
  for (const stream of ['test:stdout', 'test:stderr'] as const) {
    tests.on(stream, ({ file, message }: { file: string; message: string }) => {
      tell({ type: 'output', file, text: message });
    });
  }
  // Node says that a file is complete before it says how it failed: its end is told when the next begins.
  let ended: LabEvent | undefined;
  tests.on('test:dequeue', ({ name, file }) => {
    if (name !== file) return;
    told(ended);
    ended = undefined;
  });
  tests.on('test:complete', ({ name, file, nesting, details }) => {
    if (nesting === 0 && name === file)
      ended = { type: 'file-end', file, ms: Math.round(details.duration_ms) };
  });
  tests.resume();
  await new Promise<void>((resolve, reject) => {
    tests.on('end', resolve).on('error', reject);
  });
  told(ended);
}
