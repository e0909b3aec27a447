import {
  BehaviorSubject,
  combineLatest,
  distinctUntilChanged,
  filter,
  finalize,
  map,
  ReplaySubject,
  share,
  startWith,
  tap,
  type MonoTypeOperatorFunction,
} from 'rxjs';
import type { Bus, Diagnostic } from './bus.js';
import { coalesce } from './coalesce.js';
import type { Device } from './device.js';
import { DeviceError } from './device-error.js';
import { Identification } from './discovery/identification.js';
import { portTable } from './discovery/port-table.js';
import type { DeviceDriver } from './driver.js';
import { measured } from './health/measured-transport.js';
import type { DeviceMeter } from './health/meter.js';
import { MatchIndex } from './match-index.js';
import type { BusKind, Port } from './port.js';
import type { DeviceSource, Offer } from './source.js';
import type { TransportOf } from './transport.js';

/**
 * The devices that `drivers` find on `bus`. Drivers of another bus do not compile. Lists follow each change at once,
 * in a flood of changes 20 times a second.
 */
export function busSource<K extends BusKind>(
  bus: Bus<K>,
  drivers: readonly DeviceDriver<Device, NoInfer<K>>[],
): DeviceSource {
  const answers = new BehaviorSubject<void>(undefined);
  const identification = new Identification(bus, new MatchIndex(drivers), () => {
    answers.next();
  });
  const table = portTable(bus).pipe(coalesce(), shared());
  const listed = table.pipe(filter(({ complete }) => complete));
  const met = table.pipe(
    tap(({ attached }) => {
      identification.update(attached);
    }),
    finalize(() => {
      identification.stop();
    }),
  );
  return {
    id: `bus:${bus.kind}`,
    offers: combineLatest([met, answers]).pipe(
      filter(([{ complete }]) => complete),
      map(([{ attached }]) =>
        [...attached.values()].flatMap(({ port }) =>
          identification.driversOf(port.id).map((driver) => offerOf(bus, driver, port, identification)),
        ),
      ),
      shared(),
    ),
    diagnostics: combineLatest([
      table.pipe(
        map(({ diagnostics }) => diagnostics),
        startWith<readonly Diagnostic[]>([]),
      ),
      answers.pipe(map(() => identification.diagnostics)),
    ]).pipe(
      map((both) => both.flat()),
      distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
    ),
    ports: listed.pipe(map(({ attached }) => [...attached.values()].map(({ port }) => port))),
    leave: (ports) => identification.leave(ports),
  };
}

/** Watched once however many subscribe; a late subscriber gets the latest value first. */
function shared<T>(): MonoTypeOperatorFunction<T> {
  return share({ connector: () => new ReplaySubject(1) });
}

function offerOf<K extends BusKind>(
  bus: Bus<K>,
  driver: DeviceDriver<Device, K>,
  port: Port<K>,
  identification: Identification<K>,
): Offer {
  const reachable = 'reachable' in port ? port.reachable : undefined;
  return {
    id: `${port.id}/${driver.id}`,
    kind: driver.kind,
    info: {
      maker: port.maker ?? 'unknown maker',
      model: port.model ?? driver.id,
      ...(port.serialNumber === undefined ? {} : { serialNumber: port.serialNumber }),
      simulated: false,
    },
    physical: port.physical,
    ...(port.part === undefined ? {} : { part: port.part }),
    ports: [port],
    driver: driver.id,
    ...(reachable === undefined ? {} : { reachable }),
    open: async (signal, meter) => {
      const free = await identification.use(port);
      try {
        signal.throwIfAborted();
        const transport = await bus.open(port, driver.openOptions, signal).catch((error: unknown) => {
          throw withRemedy(error, driver.busyRemedy);
        });
        void transport.ended.then(free);
        return await openDevice(driver, port, meteredBy(meter, bus.kind, transport, port), signal);
      } catch (error) {
        free();
        throw error;
      }
    },
    ...(bus.reset === undefined ? {} : { reset: async (signal: AbortSignal) => bus.reset?.(port, signal) }),
  };
}

/** `error`, with the driver's remedy where somebody else has the port. */
function withRemedy(error: unknown, remedy: string | undefined): unknown {
  if (remedy === undefined || !(error instanceof DeviceError) || error.code !== 'busy') return error;
  return new DeviceError('busy', error.message, { cause: error, remedy });
}

function meteredBy<K extends BusKind>(
  meter: DeviceMeter | undefined,
  kind: K,
  transport: TransportOf[K],
  port: Port<K>,
): TransportOf[K] {
  return meter === undefined ? transport : measured(kind, transport, meter.transport(port));
}

/** A driver that hangs while it opens waits on the transport: closing that ends it. */
async function openDevice<K extends BusKind>(
  driver: DeviceDriver<Device, K>,
  port: Port<K>,
  transport: TransportOf[K],
  signal: AbortSignal,
): Promise<Device> {
  const close = (): Promise<void> => transport.close().catch(() => undefined);
  const onAbort = (): void => void close();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await driver.open(transport, { port, signal });
  } catch (error) {
    await close();
    throw error;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
