import { combineLatest, map, type Observable } from 'rxjs';
import type { Candidate, DeviceManager, Port } from '@buergerkoffer/core';

/** All that is attached: the devices that can be opened, and every port, also those that no driver understands. */
export interface Attached {
  readonly devices: readonly Candidate[];
  readonly ports: readonly Port[];
}

/** One line about one thing: `record` for programs, `line` for people. */
export interface Entry {
  readonly id: string;
  readonly record: object;
  readonly line: string;
}

/** What happened to one thing between two lists. */
export interface Change {
  readonly change: 'appeared' | 'changed' | 'disappeared';
  readonly entry: Entry;
}

/** What is attached to the sources of `manager`, at every change; the first list within a second. */
export function attachedTo(manager: DeviceManager): Observable<Attached> {
  return combineLatest([manager.devices, manager.ports]).pipe(
    map(([devices, ports]) => ({ devices, ports })),
  );
}

/** One entry per device and port. */
export function entriesOf({ devices, ports }: Attached): readonly Entry[] {
  return [...devices.map(deviceEntry), ...ports.map(portEntry)];
}

/** What is different in `after`; disappeared things are told as they were. */
export function changesBetween(before: readonly Entry[], after: readonly Entry[]): readonly Change[] {
  const old = new Map(before.map((entry) => [entry.id, entry]));
  const now = new Set(after.map((entry) => entry.id));
  return [
    ...before
      .filter((entry) => !now.has(entry.id))
      .map((entry) => ({ change: 'disappeared', entry }) as const),
    ...after.flatMap((entry): readonly Change[] => {
      const was = old.get(entry.id);
      if (was === undefined) return [{ change: 'appeared', entry }];
      return JSON.stringify(was) === JSON.stringify(entry) ? [] : [{ change: 'changed', entry }];
    }),
  ];
}

function deviceEntry(device: Candidate): Entry {
  const { availability, info, kind, physical } = device;
  const state =
    availability.state === 'leased'
      ? `used by ${availability.owner}: ${availability.reason}${waitingWords(availability.waiting)}`
      : availability.state;
  return {
    id: `device ${device.id}`,
    record: {
      type: 'device',
      id: device.id,
      kind: kind.id,
      maker: info.maker,
      model: info.model,
      ...(info.serialNumber === undefined ? {} : { serialNumber: info.serialNumber }),
      ...(info.firmware === undefined ? {} : { firmware: info.firmware }),
      simulated: info.simulated,
      physical,
      drivers: device.drivers,
      ports: device.ports.map((port) => port.path),
      availability,
    },
    line: `${kind.id.padEnd(20)} ${info.maker} ${info.model} [${state}] ${physical}`,
  };
}

function waitingWords(waiting: number): string {
  return waiting === 0 ? '' : ` (${waiting} waiting)`;
}

function portEntry(port: Port): Entry {
  const ids = 'vendorId' in port ? usbIds(port.vendorId, port.productId) : undefined;
  const words = [ids, port.maker, port.model].filter((word) => word !== undefined);
  return {
    id: `port ${port.bus} ${port.id}`,
    record: { type: 'port', ...port },
    line: ['port', port.bus.padEnd(15), port.path, ...words].join(' '),
  };
}

function usbIds(vendorId: number | undefined, productId: number | undefined): string | undefined {
  if (vendorId === undefined || productId === undefined) return undefined;
  return [vendorId, productId].map((id) => id.toString(16).padStart(4, '0')).join(':');
}
