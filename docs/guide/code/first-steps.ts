import { DeviceManager } from '@buergerkoffer/core';
import { Bench } from '@buergerkoffer/device-lab';
import { FINGERPRINT_SCANNER, LIVE_STATUS_TEXT, RETRY_TEXT } from '@buergerkoffer/fingerprint';
import { simulatedFingerprintScanner } from '@buergerkoffer/fingerprint/simulator';
import { encodePng, type GreyImage } from '@buergerkoffer/formats';
import { allowed, foldCase } from '@buergerkoffer/procedures';
import { CaseEvent, readCaseEvent, type Policy } from '@buergerkoffer/procedures/model';
import { simulatedSignaturePad } from '@buergerkoffer/signature/simulator';
import { openVault } from '@buergerkoffer/vault/node';
import { firstValueFrom, lastValueFrom, tap } from 'rxjs';

// #region bench
/** Two simulators on a table; in the field buses with drivers stand here, and nothing below changes. */
export function suitcase(): DeviceManager {
  return new DeviceManager([
    new Bench([simulatedFingerprintScanner({ seed: 1 }), simulatedSignaturePad({ seed: 1 })]),
  ]);
}

/** What lies on the table, one line each. */
export async function listDevices(manager: DeviceManager): Promise<readonly string[]> {
  const devices = await firstValueFrom(manager.devices);
  return devices.map(
    ({ kind, info, availability }) => `${kind.title}: ${info.model} (${availability.state})`,
  );
}
// #endregion

// #region capture
/** Takes the scanner for one purpose, guides the person, gives it back; rejects with a DeviceError. */
export async function captureFinger(
  manager: DeviceManager,
  show: (text: string) => void,
): Promise<GreyImage> {
  const [candidate] = await firstValueFrom(manager.of(FINGERPRINT_SCANNER));
  if (candidate === undefined) throw new Error('kein Fingerabdruckscanner angeschlossen');
  const lease = await manager.open(candidate, { owner: 'Antrag', reason: 'Zeigefinger aufnehmen' });
  try {
    const last = await lastValueFrom(
      lease.device.capture({ finger: 'right-index', patienceMs: 30_000 }).pipe(
        tap((event) => {
          if (event.type === 'guidance') show(LIVE_STATUS_TEXT[event.status]);
          if (event.type === 'retry') show(RETRY_TEXT[event.reason]);
        }),
      ),
    );
    if (last.type !== 'captured') throw new Error('a capture ends with captured or an error');
    return last.image;
  } finally {
    await lease.release();
  }
}
// #endregion

// #region case
/** Every word that may stand for an event in the audit chain. */
const AUDIT_WORDS = CaseEvent.options.map((option) => option.unwrap().shape.type.value);

const openCases = (folder: string) =>
  openVault(folder, {
    codec: { read: readCaseEvent, auditWord: (event: CaseEvent) => event.type },
    auditWords: AUDIT_WORDS,
  });

/** Begins a case and keeps a finger in it; what resolved is on the disk, sealed. */
export async function writeCase(folder: string, policy: Policy, finger: GreyImage): Promise<string> {
  const vault = await openCases(folder);
  try {
    const file = await vault.createCase();
    const event: CaseEvent = {
      schemaVersion: 1,
      type: 'requested',
      at: new Date().toISOString(),
      by: ['clerk-1'],
      caseId: file.id,
      authority: { ags: '09000009', behoerdenkennzahl: 'T220', name: 'Stadt Musterstadt' },
      services: ['personalausweis'],
      place: 'care-home',
      holderBorn: '1944-08-12',
    };
    const verdict = allowed(foldCase(file.events), event, policy); // ask first, then write
    if (!verdict.allowed) throw new Error(verdict.code);
    await file.append(event, [await encodePng(finger)]);
    return file.id;
  } finally {
    await vault.close();
  }
}

/** Opens the case again, in another process if you like, and tells how far it is. */
export async function readCase(folder: string, caseId: string) {
  const vault = await openCases(folder);
  try {
    const file = await vault.openCase(caseId);
    return { state: foldCase(file.events), lostEvents: file.lostEvents };
  } finally {
    await vault.close();
  }
}

/** Destroys the key of the case, then its file. */
export async function eraseCase(folder: string, caseId: string): Promise<void> {
  const vault = await openCases(folder);
  try {
    await vault.erase(caseId);
  } finally {
    await vault.close();
  }
}
// #endregion
