import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** How a program ended, and what it said. */
export interface ProgramEnd {
  /** Its exit status; 128 when a signal ended it, as in a shell without the signal's number. */
  readonly status: number;
  /** The last 64 KiB of its standard output. */
  readonly stdout: string;
  /** The last 64 KiB of its standard error. */
  readonly stderr: string;
}

/** How a program is run. */
export interface ProgramOptions {
  readonly cwd?: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Sends SIGTERM to the program; the call then rejects with `signal.reason` when the program has ended. */
  readonly signal?: AbortSignal | undefined;
}

/** How much of each output is kept, in characters. */
const KEPT = 65_536;

/** Administrators' programs (`depmod`, `modprobe`) are often missing from the PATH of others. */
const ALSO_LOOKED_IN = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The path of a program on the PATH or among the administrators' programs; undefined: it is not installed. */
export function findProgram(name: string, path = process.env['PATH'] ?? ''): string | undefined {
  return [...path.split(delimiter), ...ALSO_LOOKED_IN]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable);
}

/** Whether `path` names something that this process may execute. */
export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Runs a program to its end, without a shell and with nothing on its standard input. Resolves whatever its status
 * is; rejects when it cannot be started or was aborted.
 */
export function runProgram(
  command: string,
  args: readonly string[],
  { cwd, env, signal }: ProgramOptions = {},
): Promise<ProgramEnd> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason);
      return;
    }
    const child = spawn(findProgram(command) ?? command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(cwd === undefined ? {} : { cwd }),
      // Programs that are read by a program speak one language.
      env: { ...process.env, LC_ALL: 'C', ...env },
    });
    const end = (): void => {
      child.kill('SIGTERM');
    };
    signal?.addEventListener('abort', end, { once: true });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout = (stdout + text).slice(-KEPT)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-KEPT)));
    child.on('error', (error) => {
      signal?.removeEventListener('abort', end);
      reject(error);
    });
    child.on('close', (code) => {
      signal?.removeEventListener('abort', end);
      if (signal?.aborted === true) reject(signal.reason);
      else resolve({ status: code ?? 128, stdout, stderr });
    });
  });
}

/** The last line of what a program said, for a sentence that explains its failure. */
export function lastWords({ stdout, stderr }: ProgramEnd): string {
  const lines = (stderr.trim() === '' ? stdout : stderr).trim().split('\n');
  return (lines.at(-1) ?? '').slice(0, 200);
}
