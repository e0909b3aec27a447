import { closeSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How many logs are kept. */
const KEPT = 20;

/** A log on disk; every piece is written at once, so that it is there whatever ends this process. */
export interface LogFile {
  readonly path: string;
  readonly write: (text: string) => void;
  readonly close: () => void;
}

/** Begins the log at `path`, or one with the time and process in its name under `cacheFolder`/logs, where old ones go. */
export function openLog(path: string | undefined, cacheFolder: string): LogFile {
  const chosen = path ?? join(cacheFolder, 'logs', newName(new Date()));
  mkdirSync(dirname(chosen), { recursive: true });
  if (path === undefined) removeOld(dirname(chosen));
  const file = openSync(chosen, 'w');
  return {
    path: chosen,
    write: (text) => {
      writeSync(file, text);
    },
    close: () => {
      closeSync(file);
    },
  };
}

function newName(at: Date): string {
  return `lab-${at.toISOString().replaceAll(/[-:]|\.\d+/g, '')}-${process.pid}.log`;
}

function removeOld(folder: string): void {
  const logs = readdirSync(folder).filter((name) => /^lab-\w+-\d+\.log$/.test(name));
  for (const name of logs.sort().slice(0, Math.max(0, logs.length - KEPT + 1))) {
    rmSync(join(folder, name), { force: true });
  }
}
