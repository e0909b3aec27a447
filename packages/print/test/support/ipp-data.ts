import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** The recorded messages that lie beside the repository. */
const FOLDER = new URL('../../../../../shared/data/print/ipp/', import.meta.url);

/** The names of all recorded messages; none, with a line that says so, where the data is absent. */
export function recordedMessages(): readonly string[] {
  if (existsSync(FOLDER)) return readdirSync(FOLDER).filter((name) => name.endsWith('.bin'));
  console.info('skipped: ../shared/data/print/ipp is not there');
  return [];
}

/** The bytes of a recorded message. */
export function recorded(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, FOLDER)));
}

/** What ipptool printed of an answer. */
export function oracle(stem: string): string {
  return readFileSync(new URL(`${stem}.ipptool.txt`, FOLDER), 'utf8');
}
