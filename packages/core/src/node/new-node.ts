import { stat } from 'node:fs/promises';
import { delay } from '../deadline.js';
import { DeviceError } from '../device-error.js';

/** How long after a node came or changed udevd may still be about to give its rights, in milliseconds. */
const SETTLING_MS = 2_000;
/** Pause between two attempts, in milliseconds. */
const AGAIN_MS = 50;

/**
 * The result of `attempt`, which opens the device node `path`. The kernel makes a node for root alone, and udevd gives
 * it rights a moment later: what is refused with `access-denied` on a node that has just come is tried again until the
 * node is two seconds old.
 */
export async function whenPermitted<T>(
  path: string,
  attempt: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const refused = error instanceof DeviceError && error.code === 'access-denied';
      if (!refused || !(await isNew(path))) throw error;
    }
    await delay(AGAIN_MS, signal);
  }
}

async function isNew(path: string): Promise<boolean> {
  try {
    const { ctimeMs } = await stat(path);
    const age = Date.now() - ctimeMs;
    return age >= 0 && age < SETTLING_MS;
  } catch {
    return false;
  }
}
