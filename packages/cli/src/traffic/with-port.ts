import { filter, firstValueFrom, map, takeUntil, takeWhile, timer } from 'rxjs';
import { DeviceError, type Bus, type BusKind, type Port } from '@buergerkoffer/core';
import type { Buses } from '../buses.js';

/** How long a bus may take to list, in milliseconds. */
const LIST_MS = 3_000;

/** What is done with a port; bus and port are of one kind. */
export type UsePort<T> = <K extends BusKind>(bus: Bus<K>, port: Port<K>) => Promise<T>;

/**
 * Does `use` with the port that `name` means: the path or the id of an attached one, `tcp:HOST:PORT`, or an address of
 * HTTP. Rejects `not-found`.
 */
export async function withPort<T>(buses: Buses, name: string, use: UsePort<T>): Promise<T> {
  const tcp = /^tcp:(.+):(\d{1,5})$/.exec(name);
  if (tcp !== null) {
    const [, host = '', number = ''] = tcp;
    const place = { id: name, path: `${host}:${number}`, physical: `net:${host}` };
    return use(buses.tcp, { bus: 'tcp', ...place, host, port: Number(number) });
  }
  if (/^https?:\/\//.test(name) && URL.canParse(name)) {
    const place = { id: name, path: name, physical: `net:${new URL(name).hostname}` };
    return use(buses.http, { bus: 'http', ...place, url: name });
  }
  const found = await Promise.all([
    named(buses.usb, name, use),
    named(buses.hid, name, use),
    named(buses.serial, name, use),
    named(buses.pcsc, name, use),
  ]);
  const first = found.find((one) => one !== undefined);
  if (first !== undefined) return first();
  throw new DeviceError('not-found', `nothing is attached at ${name}`, {
    remedy: '`koffer devices` lists the ports; take a path from there, tcp:HOST:PORT, or an http address',
  });
}

async function named<K extends 'usb' | 'hid' | 'serial' | 'pcsc', T>(
  bus: Bus<K>,
  name: string,
  use: UsePort<T>,
): Promise<(() => Promise<T>) | undefined> {
  const port = await firstValueFrom(
    bus.events.pipe(
      takeWhile((event) => event.type !== 'listed'),
      filter((event) => event.type === 'attached'),
      map((event) => event.port),
      filter(({ id, path }) => id === name || path === name),
      takeUntil(timer(LIST_MS)),
    ),
    { defaultValue: undefined },
  );
  return port === undefined ? undefined : () => use(bus, port);
}
