import { filter, firstValueFrom, map, take } from 'rxjs';
import { DeviceError, withDeadline, type Candidate, type Device, type DeviceKind } from '@buergerkoffer/core';
import { germanTextOf } from '@buergerkoffer/formats';
import type { Visit } from './visit.js';

/** The demo's people are patient, but a device that is silent is tried again soon, in milliseconds. */
export const PATIENCE_MS = 2_500;
/** How long the visit waits for a device to be there and free, in milliseconds. */
const APPEAR_MS = 5_000;
/** How often an operation is begun before the visit gives up. */
const TRIES = 3;

/**
 * Opens the device of `kind` for one operation and gives it back. A device that fails is tried again: one that was lost
 * once it is plugged in, any other at once. The last error is thrown.
 */
export async function useDevice<D extends Device, T>(
  visit: Visit,
  kind: DeviceKind<D>,
  reason: string,
  work: (device: D) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const candidate = await withDeadline(`waiting for ${kind.id}`, APPEAR_MS, () => freeOne(visit, kind));
      const lease = await visit.devices.open(candidate, { owner: 'Hausbesuch', reason });
      try {
        return await work(lease.device);
      } finally {
        await lease.release();
      }
    } catch (error) {
      if (!(error instanceof DeviceError) || attempt === TRIES) throw error;
      visit.survived.push(error.toJSON());
      const { message, remedy } = germanTextOf(error);
      visit.tell({ type: 'attention', text: `${kind.title}: ${message} ${remedy}` });
      if (error.code === 'lost') await visit.helper.plugIn(kind.id);
    }
  }
}

async function freeOne<D extends Device>(visit: Visit, kind: DeviceKind<D>): Promise<Candidate<D>> {
  const candidate = await firstValueFrom(
    visit.devices.of(kind).pipe(
      map((candidates) => candidates.find(({ availability }) => availability.state === 'free')),
      filter((candidate) => candidate !== undefined),
      take(1),
    ),
    { defaultValue: undefined },
  );
  if (candidate === undefined) throw new DeviceError('not-found', `no ${kind.id} can be found any more`);
  return candidate;
}
