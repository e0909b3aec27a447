import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkNeeds, type LabFile, type LabNeeds } from './lab-needs.js';
import { readNeeds } from './read-needs.js';

/**
 * The lab file at `path` with its needs and those `added`; `added.udev: false` takes udevd from it. Rejects with the path in
 * the message where it cannot be read or its needs are wrong.
 */
export async function readLabFile(path: string, added: LabNeeds): Promise<LabFile> {
  try {
    const own = readNeeds(await readFile(path, 'utf8'));
    const more = checkNeeds(added);
    return {
      path: resolve(path),
      needs: {
        udev: own.udev && more.udev,
        measures: own.measures || more.measures,
        processors: Math.max(own.processors, more.processors),
        long: own.long || more.long,
        modules: [...own.modules, ...more.modules],
        packages: [...own.packages, ...more.packages],
        qemu: [...own.qemu, ...more.qemu],
        files: { ...own.files, ...more.files },
      },
    };
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
