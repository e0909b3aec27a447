import { combineLatest, debounceTime, firstValueFrom, map, merge, sample, timer } from 'rxjs';
import type { AnyDriver, DeviceManager, Diagnostic } from '@buergerkoffer/core';
import { attachedTo, type Attached } from '../attached.js';
import { clockFindings } from './clock.js';
import { computerFindings, THIS_COMPUTER } from './computer.js';
import { driverFindings, thisDriverComputer, type DriverComputer, type Finding } from './driver-findings.js';
import { folderFindings, neededFolders } from './folders.js';
import { serviceFindings } from './service.js';

/** When the buses have said nothing new for so long, they are done; in milliseconds. */
const QUIET_MS = 500;
/** However much they have to say, after this it is enough; in milliseconds. */
const ENOUGH_MS = 3_000;

/** What a look at the computer found. */
export interface Examination extends Attached {
  /** Errors first, then warnings, then what is good to know. */
  readonly findings: readonly Finding[];
}

/** What else is looked at. */
export interface ExamineOptions {
  /** Address of the Fachverfahren. */
  readonly fachverfahren?: string | undefined;
  /** Drivers whose ports are to be opened. */
  readonly drivers: readonly AnyDriver[];
  readonly driverComputer?: DriverComputer;
}

/** Looks at the computer, at the sources of `manager`, at what the drivers need, and at the Fachverfahren. */
export async function examine(
  manager: DeviceManager,
  { fachverfahren, drivers, driverComputer = thisDriverComputer() }: ExamineOptions,
): Promise<Examination> {
  const [buses, ...system] = await Promise.all([
    busState(manager),
    computerFindings(THIS_COMPUTER),
    clockFindings(new Date()),
    ...neededFolders().map(folderFindings),
    ...(fachverfahren === undefined ? [] : [serviceFindings(fachverfahren)]),
  ]);
  const ofDrivers = await driverFindings(drivers, buses.ports, driverComputer);
  const findings = withoutRepetition([...ofDrivers, ...system.flat(), ...buses.findings]);
  return { ...buses, findings: findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]) };
}

const RANK: Readonly<Record<Diagnostic['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** The buses, when they have come to rest, or as they are when they never do. */
function busState(manager: DeviceManager): Promise<Examination> {
  const told = combineLatest([attachedTo(manager), manager.diagnostics]).pipe(
    map(([attached, findings]) => ({ ...attached, findings })),
  );
  const settled = merge(told.pipe(debounceTime(QUIET_MS)), told.pipe(sample(timer(ENOUGH_MS))));
  return firstValueFrom(settled, { defaultValue: { devices: [], ports: [], findings: [] } });
}

/**
 * Each code once with the same text. What the PC/SC bus itself reports is better than the missing socket, and what a driver
 * needs of a node is better than that it cannot be opened.
 */
export function withoutRepetition(findings: readonly Finding[]): Finding[] {
  const ofDrivers = new Set(findings.flatMap(({ driver, node }) => (driver === undefined ? [] : [node])));
  const once = [...new Map(findings.map((each) => [`${each.code} ${each.message}`, each])).values()].filter(
    ({ driver, node }) => driver !== undefined || node === undefined || !ofDrivers.has(node),
  );
  const isTold = once.some(({ code }) => code === 'pcsc.service-missing');
  return isTold ? once.filter(({ code }) => code !== 'system.pcscd-missing') : once;
}
