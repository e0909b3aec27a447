import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Exit } from '../supervision/connection.js';
import type { ByteConnect } from '../wire/framed.js';
import { exitSentence, neverStarted, startFault } from './exit-words.js';

/** The program of a process with devices. */
export interface ProcessCommand {
  /** A program on the PATH or its path; no shell is involved. */
  readonly command: string;
  readonly args?: readonly string[];
  /** Working directory. Default that of this process. */
  readonly cwd?: string;
  /** The whole environment. Default that of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts `program` with its three streams on pipes. */
export function spawnConnect(program: ProcessCommand): ByteConnect {
  return (received) => {
    let child: ChildProcessWithoutNullStreams;
    try {
      child = spawn(program.command, program.args ?? [], {
        stdio: ['pipe', 'pipe', 'pipe'],
        windowsHide: true,
        ...(program.cwd === undefined ? {} : { cwd: program.cwd }),
        ...(program.env === undefined ? {} : { env: program.env }),
      });
    } catch (error) {
      return neverStarted(error);
    }
    let stderrBytes = 0;
    child.stdout.on('data', received);
    child.stderr.on('data', (chunk: Buffer) => {
      stderrBytes += chunk.length;
    });
    // A pipe breaks when the process goes; `exited` tells of it.
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
    const exited = new Promise<Exit>((resolve) => {
      child.on('error', (error) => {
        if (child.pid === undefined) resolve({ how: startFault(error), stderrBytes });
      });
      child.on('exit', (code, signal) => {
        resolve({ how: exitSentence(code, signal), stderrBytes });
      });
    });
    return {
      send: (bytes) => {
        if (child.stdin.writable) child.stdin.write(bytes);
      },
      unread: () => child.stdin.writableLength,
      finish: () => {
        child.stdin.end();
      },
      kill: () => {
        child.kill('SIGKILL');
        // Grandchildren may hold the other ends of the pipes; nothing of them is waited for.
        child.stdin.destroy();
        child.stdout.destroy();
        child.stderr.destroy();
      },
      exited,
    };
  };
}
