import { filter, firstValueFrom, map } from 'rxjs';
import { DeviceError, withDeadline, type Candidate } from '@buergerkoffer/core';
import { FINGERPRINT_SCANNER, type FingerprintScanner } from '@buergerkoffer/fingerprint';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { suitcase } from '../suitcase.js';

/** How long an attached scanner is looked for, in milliseconds. */
const APPEAR_MS = 3_000;

/** An open scanner, and how it is given back. */
export interface OpenScanner {
  readonly scanner: FingerprintScanner;
  readonly release: () => Promise<void>;
}

/** A simulated scanner for one finger or two, with fingers that grow from `seed`. */
export async function openSimulated(simultaneousFingers: 1 | 2, seed: number): Promise<OpenScanner> {
  const scanner = await simulatedFingerprintScanner({ seed, simultaneousFingers }).open();
  return { scanner, release: () => scanner.close() };
}

/** The first free scanner of this computer, or the one at `port` (a path as `koffer devices` tells it). */
export async function openAttached(port: string | undefined): Promise<OpenScanner> {
  const devices = suitcase({ simulated: false });
  const isMeant = (candidate: Candidate<FingerprintScanner>): boolean =>
    candidate.availability.state === 'free' &&
    (port === undefined || candidate.ports.some(({ path }) => path === port));
  const found = await withDeadline('looking for a scanner', APPEAR_MS, () =>
    firstValueFrom(
      devices.of(FINGERPRINT_SCANNER).pipe(
        map((candidates) => candidates.find(isMeant)),
        filter((candidate) => candidate !== undefined),
      ),
      { defaultValue: undefined },
    ),
  ).catch((error: unknown) => {
    if (error instanceof DeviceError && error.code === 'timeout') return undefined;
    throw error;
  });
  if (found === undefined) throw notFound(port);
  const lease = await devices.open(found, { owner: 'koffer', reason: 'Fingerabdrücke aufnehmen' });
  return { scanner: lease.device, release: () => lease.release() };
}

function notFound(port: string | undefined): DeviceError {
  const where =
    port === undefined ? 'no fingerprint scanner is attached' : `no fingerprint scanner is at ${port}`;
  return new DeviceError('not-found', where, {
    remedy: 'plug the scanner in (`koffer devices` lists what is attached), or use --simulated',
  });
}
