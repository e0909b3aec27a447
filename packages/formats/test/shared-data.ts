import { existsSync, readFileSync } from 'node:fs';

/** The data folder that lies beside the repository. */
const SHARED = new URL('../../../../shared/data/', import.meta.url);

/** The bytes of a file of the shared data; undefined, with a line that says so, where it is absent. */
export function sharedFile(path: string): Uint8Array | undefined {
  const file = new URL(path, SHARED);
  if (existsSync(file)) return new Uint8Array(readFileSync(file));
  console.info(`skipped: ../shared/data/${path} is not there`);
  return undefined;
}
