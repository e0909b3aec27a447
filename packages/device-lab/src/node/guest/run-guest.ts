import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { lineSplitter } from './lines.js';
import { findProgram } from './program.js';
import { qemuArguments, type Machine } from './qemu.js';

/** How a guest ended. */
export type GuestEnd =
  /** Its process 1 ended with this exit status of the command. */
  | { readonly how: 'done'; readonly status: number }
  /** It ended without saying so: a panic, a QEMU that does not start. */
  | { readonly how: 'broken'; readonly reason: string }
  /** It was silent for too long while booting and was killed. */
  | { readonly how: 'not-booted' };

/** What is heard of a running guest. */
export interface GuestListener {
  /** A piece of what the guest writes to its console. */
  readonly onConsole: (text: string) => void;
  /** A line that the command wrote to the channel. */
  readonly onLine: (line: string) => void;
}

/** How long a guest may take to say its first word on the channel, in milliseconds: 3 s on a quiet computer. */
export const BOOT_MS = 120_000;

/** The longest line of the channel that is taken, in characters. */
const LONGEST_LINE = 262_144;

const CHANNEL_FD = 3;

/** What was seen of a guest so far. */
interface Seen {
  phase: 'booting' | 'running' | 'late';
  status: number | undefined;
}

/**
 * Boots a guest and resolves when QEMU has ended. An abort kills it and rejects with `signal.reason` when it is gone;
 * it also ends when this process is killed (PR_SET_PDEATHSIG).
 */
export async function runGuest(
  machine: Omit<Machine, 'channelFd'>,
  listener: GuestListener,
  { signal, bootMs = BOOT_MS }: { readonly signal?: AbortSignal | undefined; readonly bootMs?: number } = {},
): Promise<GuestEnd> {
  signal?.throwIfAborted();
  const qemu = findProgram('qemu-system-x86_64') ?? 'qemu-system-x86_64';
  const args = ['--pdeathsig', 'KILL', qemu, ...qemuArguments({ ...machine, channelFd: CHANNEL_FD })];
  const child = spawn('setpriv', args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  signal?.addEventListener('abort', kill, { once: true });
  const seen: Seen = { phase: 'booting', status: undefined };
  const bootTimer = setTimeout(() => {
    seen.phase = 'late';
    kill();
  }, bootMs);
  const lastLines = listen(child, listener.onConsole);
  eachLine(child.stdio[CHANNEL_FD] as Readable, (line) => {
    seen.phase = 'running';
    clearTimeout(bootTimer);
    seen.status = statusIn(line);
    if (seen.status === undefined) listener.onLine(line);
  });
  try {
    await once(child, 'close');
  } finally {
    clearTimeout(bootTimer);
    signal?.removeEventListener('abort', kill);
  }
  signal?.throwIfAborted();
  if (seen.status !== undefined) return { how: 'done', status: seen.status };
  if (seen.phase === 'late') return { how: 'not-booted' };
  return { how: 'broken', reason: lastLines() };
}

/** Passes on what QEMU and the guest print; answers what was printed last, on one line. */
function listen(child: ChildProcess, onConsole: (text: string) => void): () => string {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-2_000);
      onConsole(text);
    });
  }
  return () => tail.trim().split('\n').slice(-3).join(' | ').slice(-400);
}

/** The exit status in the last line that process 1 writes; undefined: it is another line. */
function statusIn(line: string): number | undefined {
  const status = /^\{"type":"end","status":(\d{1,3})\}$/.exec(line)?.[1];
  return status === undefined ? undefined : Number(status);
}

function eachLine(stream: Readable, onLine: (line: string) => void): void {
  // QEMU that is killed resets the connection.
  stream.on('error', () => undefined);
  stream.setEncoding('utf8').on('data', lineSplitter(LONGEST_LINE, onLine));
}
