import type { Readable } from 'node:stream';
import { EXIT } from './exit-code.js';

/** What a command reads and writes. */
export interface Streams {
  readonly out: (text: string) => void;
  /** Takes a whole file on standard output, and settles when it is on its way; absent: it is dropped. */
  readonly outFile?: (bytes: Uint8Array) => Promise<void>;
  readonly err: (text: string) => void;
  /** Standard input, for commands that take `-`; absent: it is empty. */
  readonly input?: Readable;
  /** Aborted when nobody reads any more, or the person interrupts: a command that would go on for ever ends. */
  readonly stop?: AbortSignal;
}

let shared: Streams | undefined;

/**
 * The streams of this process. A reader that has gone (`koffer devices | head -1`) is no error: what is still
 * written is dropped, and the command ends with the exit code that it would have had. Output that cannot be
 * written otherwise, on a full disk, ends the process with code 3.
 */
export function processStreams(): Streams {
  return (shared ??= listenTo(process.stdout, process.stderr));
}

function listenTo(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Streams {
  const stop = new AbortController();
  const onError = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') {
      stop.abort();
      return;
    }
    stderr.write(
      `koffer: the output cannot be written (${error.code ?? 'unknown'})\n  → free space on the disk\n`,
    );
    process.exit(EXIT.failed);
  };
  stdout.on('error', onError);
  stderr.on('error', () => {
    stop.abort();
  });
  return {
    out: (text) => {
      if (!stop.signal.aborted) stdout.write(text);
    },
    outFile: (bytes) =>
      new Promise((resolve) => {
        if (stop.signal.aborted) resolve();
        // A failure is told to `onError` as well.
        else
          stdout.write(bytes, () => {
            resolve();
          });
      }),
    err: (text) => {
      if (!stop.signal.aborted) stderr.write(text);
    },
    get input() {
      return process.stdin;
    },
    stop: stop.signal,
  };
}
