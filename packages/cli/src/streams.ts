import type { Readable } from 'node:stream';

/** What a command reads and writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Standard input, for commands that take `-`; absent: it is empty. */
  readonly input?: Readable;
  /** Aborted when nobody reads any more, or the person interrupts: a command that would go on for ever ends. */
  readonly stop?: AbortSignal;
}

/**
 * The streams of this process. A reader that has gone (`koffer devices | head -1`) is no error: what is still
 * written is dropped, and the command ends with the exit code that it would have had.
 */
export function processStreams(): Streams {
  const stop = new AbortController();
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      stop.abort();
    });
  }
  return {
    out: (text) => {
      if (!stop.signal.aborted) process.stdout.write(text);
    },
    err: (text) => {
      process.stderr.write(text);
    },
    get input() {
      return process.stdin;
    },
    stop: stop.signal,
  };
}
