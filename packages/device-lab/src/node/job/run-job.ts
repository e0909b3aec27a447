import { release } from 'node:os';
import { readFile } from 'node:fs/promises';
import { run } from 'node:test';
import type { LabEvent } from '../lab/lab-event.js';
import type { Job } from './job.js';
import { TestOutcomes } from './test-outcomes.js';

/** Runs the lab file of `job` in a process of its own and tells what happens; resolves when it has ended. */
export async function runJob(job: Job, tell: (event: LabEvent) => void): Promise<void> {
  const uptime = await readFile('/proc/uptime', 'utf8');
  tell({ type: 'ready', kernel: release(), uptimeMs: Math.round(Number.parseFloat(uptime) * 1_000) });
  const started = performance.now();
  const outcomes = new TestOutcomes();
  const told = (event: LabEvent | undefined): void => {
    if (event !== undefined) tell(event);
  };
  const tests = run({ files: [job.file], timeout: job.fileLimitMs });
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
  tests.resume();
  await new Promise<void>((resolve, reject) => {
    tests.on('end', resolve).on('error', reject);
  });
  tell({ type: 'file-end', file: job.file, ms: Math.round(performance.now() - started) });
}
