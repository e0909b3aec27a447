import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { withDeadline } from '@buergerkoffer/core';
import { ServiceError } from '@buergerkoffer/fachverfahren-xoev';
import { z } from 'zod';

/** A running double of the Fachverfahren, a program of its own. */
export interface FachverfahrenProcess {
  readonly url: string;
  /** Ends it and frees its port; a second call waits for the same end. */
  stop(): Promise<void>;
}

/** How long the double may take to listen, in milliseconds. */
const READY_MS = 20_000;
/** How long it may take to end before it is killed, in milliseconds. */
const STOP_MS = 3_000;

const Ready = z.object({ event: z.literal('ready'), url: z.url() });

/** Starts the double with `args`; resolves when it listens, rejects `ServiceError` `refused` with its own line. */
export async function startFachverfahren(args: readonly string[]): Promise<FachverfahrenProcess> {
  const manifest = createRequire(import.meta.url).resolve('@buergerkoffer/fachverfahren-xoev/package.json');
  const program = join(dirname(manifest), 'bin', 'fachverfahren-double.js');
  // It ends with its standard input: when this process is killed no double is left behind.
  const child = spawn(process.execPath, [program, '--until-stdin-ends', ...args], { stdio: 'pipe' });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  try {
    const url = await withDeadline('starting the Fachverfahren', READY_MS, () => firstLine(child));
    return { url, stop: () => stop(child) };
  } catch (error) {
    await stop(child);
    throw new ServiceError('refused', complaint.trim() || 'the double of the Fachverfahren did not start', {
      cause: error,
    });
  }
}

async function firstLine(child: ReturnType<typeof spawn>): Promise<string> {
  if (child.stdout === null) throw new Error('the process has no output');
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the process ended');
  });
  const line = once(lines, 'line').then(([text]: unknown[]) => Ready.parse(JSON.parse(String(text))).url);
  return Promise.race([line, ended]);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.stdin?.end();
  child.kill('SIGTERM');
  await withDeadline('ending the Fachverfahren', STOP_MS, () => ended).catch(() => child.kill('SIGKILL'));
}
