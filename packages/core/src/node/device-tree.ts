import { access } from 'node:fs/promises';

/** Where the kernel shows its devices: `/sys` and `/dev`, or a made-up pair in tests. */
export interface DeviceTree {
  readonly sysfs: string;
  readonly dev: string;
}

/** Whether there is a file `path`, whatever its rights: a container may see a device and lack its node. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}
