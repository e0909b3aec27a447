import { DeviceManager } from '@buergerkoffer/core';
import { processSource } from '@buergerkoffer/core/node';
import { FINGERPRINT_SCANNER, type FingerprintEvent } from '@buergerkoffer/fingerprint';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { filter, firstValueFrom } from 'rxjs';

// #region source
/** The scanners of the process beside this one; `env` is the whole environment that it gets. */
export function suitcase(env: Readonly<Record<string, string>> = {}): DeviceManager {
  const acme = processSource({
    id: 'acme',
    command: execPath, // any program: no shell is involved
    args: [fileURLToPath(new URL('scanner-process.mjs', import.meta.url))],
    env,
    kinds: [FINGERPRINT_SCANNER],
    heartbeatMs: 500,
    silenceMs: 3_000, // longer than any call of the library may block
  });
  return new DeviceManager([acme]);
}
// #endregion

// #region use
/** Captures one finger and tells what happens; the scanner is used like one in this process. */
export async function captureFinger(
  manager: DeviceManager,
  tell: (event: FingerprintEvent) => void,
): Promise<void> {
  const listed = manager.of(FINGERPRINT_SCANNER).pipe(filter((scanners) => scanners.length > 0));
  const [scanner] = await firstValueFrom(listed);
  if (scanner === undefined) throw new Error('no scanner is attached');
  await using lease = await manager.open(scanner, { owner: 'Antrag', reason: 'Zeigefinger aufnehmen' });
  await lease.device.capture({ finger: 'right-index', patienceMs: 30_000 }).forEach(tell);
}
// #endregion

// #region failures
/** What has gone wrong beside this process, one line each, for as long as somebody listens. */
export function faults(manager: DeviceManager, tell: (line: string) => void): () => void {
  const watching = manager.diagnostics.subscribe((diagnostics) => {
    for (const { code, message } of diagnostics) tell(`${code}: ${message}`);
  });
  return () => {
    watching.unsubscribe();
  };
}
// #endregion
