import { closeSync, openSync, writeSync } from 'node:fs';
import { headText, lineText, type TrafficSink } from '@buergerkoffer/core';
import { InputError } from '@buergerkoffer/formats';
import { storageErrorOf } from '@buergerkoffer/vault/node';

/** A recording that is being written. */
export interface TrafficWriter extends TrafficSink {
  /** Lines that were written, the head left out. */
  readonly lines: number;
  close(): void;
}

/**
 * Writes a recording to the new file `path`, each line at once, so that nothing is lost when the program is killed.
 * Throws `InputError` when the file is there already, `StorageError` when the disk fails.
 */
export function writeTraffic(path: string): TrafficWriter {
  const file = opened(path);
  let lines = 0;
  const write = (text: string): void => {
    writeSync(file, `${text}\n`);
  };
  return {
    get lines() {
      return lines;
    },
    head: (head) => {
      write(headText(head));
    },
    line: (line) => {
      lines += 1;
      write(lineText(line));
    },
    close: () => {
      closeSync(file);
    },
  };
}

function opened(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new InputError('not-allowed', 'there is such a file already', {
        path,
        remedy: 'name another one: a recording is evidence and is not overwritten',
      });
    }
    throw storageErrorOf(error, path);
  }
}
