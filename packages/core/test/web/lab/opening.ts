import { firstValueFrom, filter, map } from 'rxjs';
import {
  DeviceError,
  type Bus,
  type BusKind,
  type OpenOptionsOf,
  type TransportOf,
} from '@buergerkoffer/core';

/** Opens the first port of a bus. */
export async function openedFirst<K extends BusKind>(
  bus: Bus<K>,
  options: OpenOptionsOf[K],
): Promise<TransportOf[K]> {
  const port = await firstValueFrom(
    bus.events.pipe(
      map((event) => (event.type === 'attached' ? event.port : undefined)),
      filter((one) => one !== undefined),
    ),
  );
  return bus.open(port, options);
}

/** The code and what else is told of how `call` fails; throws when it does not, or with another error. */
export async function failureOf(call: Promise<unknown>): Promise<DeviceError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof DeviceError)) throw error;
  return error;
}
