import { defer, filter, map, Observable, startWith, tap, type Subscriber } from 'rxjs';
import type { Bus, Diagnostic } from './bus.js';
import { withDeadline } from './deadline.js';
import type { Device } from './device.js';
import { IDENTIFY_MS, type DeviceDriver } from './driver.js';
import { MatchIndex } from './match-index.js';
import type { BusKind, Port } from './port.js';
import type { DeviceSource, Offer } from './source.js';

/** The devices that `drivers` find on `bus`. Drivers of another bus do not compile. */
export function busSource<K extends BusKind>(
  bus: Bus<K>,
  drivers: readonly DeviceDriver<Device, NoInfer<K>>[],
): DeviceSource {
  const index = new MatchIndex(drivers);
  return {
    id: `bus:${bus.kind}`,
    offers: new Observable<readonly Offer[]>((subscriber) => {
      const watch = new Watch(bus, index, subscriber);
      subscriber.add(() => {
        watch.stop();
      });
    }),
    diagnostics: bus.events.pipe(
      filter((event) => event.type === 'diagnostics'),
      map((event) => event.diagnostics),
      startWith<readonly Diagnostic[]>([]),
    ),
    ports: portsOf(bus),
  };
}

/** The attached ports of `bus`, from the first complete enumeration on. */
function portsOf<K extends BusKind>(bus: Bus<K>): Observable<readonly Port<K>[]> {
  return defer(() => {
    const attached = new Map<string, Port<K>>();
    let listed = false;
    return bus.events.pipe(
      tap((event) => {
        if (event.type === 'attached' || event.type === 'changed') attached.set(event.port.id, event.port);
        else if (event.type === 'detached') attached.delete(event.port.id);
        else listed ||= event.type === 'listed';
      }),
      filter((event) => listed && event.type !== 'diagnostics'),
      map(() => [...attached.values()]),
    );
  });
}

/** What is known of one attached port: which drivers said yes, and how to stop asking the others. */
interface Attached<K extends BusKind> {
  readonly port: Port<K>;
  readonly drivers: readonly DeviceDriver<Device, K>[];
  readonly asking: AbortController;
}

/** One subscriber's view of one bus, from the first enumeration on. */
class Watch<K extends BusKind> {
  readonly #bus: Bus<K>;
  readonly #index: MatchIndex<K>;
  readonly #subscriber: Subscriber<readonly Offer[]>;
  readonly #attached = new Map<string, Attached<K>>();
  #listed = false;

  constructor(bus: Bus<K>, index: MatchIndex<K>, subscriber: Subscriber<readonly Offer[]>) {
    this.#bus = bus;
    this.#index = index;
    this.#subscriber = subscriber;
    subscriber.add(
      bus.events.subscribe({
        next: (event) => {
          switch (event.type) {
            case 'attached':
              this.#attach(event.port);
              break;
            case 'changed':
              this.#change(event.port);
              break;
            case 'detached':
              this.#detach(event.port);
              break;
            case 'listed':
              this.#listed = true;
              break;
            case 'diagnostics':
              return;
            default:
              event satisfies never;
          }
          this.#emit();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
  }

  /** Stops every question that is still open. */
  stop(): void {
    for (const { asking } of this.#attached.values()) asking.abort();
    this.#attached.clear();
  }

  #attach(port: Port<K>): void {
    const drivers = this.#index.driversOf(port);
    const asking = new AbortController();
    this.#attached.get(port.id)?.asking.abort();
    this.#attached.set(port.id, {
      port,
      drivers: drivers.filter((driver) => driver.identify === undefined),
      asking,
    });
    void this.#ask(
      port,
      drivers.filter((driver) => driver.identify !== undefined),
      asking.signal,
    );
  }

  #change(port: Port<K>): void {
    const known = this.#attached.get(port.id);
    if (known === undefined) this.#attach(port);
    else this.#attached.set(port.id, { ...known, port });
  }

  #detach(port: Port<K>): void {
    this.#attached.get(port.id)?.asking.abort();
    this.#attached.delete(port.id);
  }

  /** One driver after another, because a port can be open only once; the first that says yes has it. */
  async #ask(port: Port<K>, drivers: readonly DeviceDriver<Device, K>[], signal: AbortSignal): Promise<void> {
    for (const driver of drivers) {
      const yes = await identifies(this.#bus, driver, port, signal);
      const known = this.#attached.get(port.id);
      if (signal.aborted || known === undefined) return;
      if (!yes) continue;
      this.#attached.set(port.id, { ...known, drivers: [...known.drivers, driver] });
      this.#emit();
      return;
    }
  }

  #emit(): void {
    if (!this.#listed) return;
    this.#subscriber.next(
      [...this.#attached.values()].flatMap(({ port, drivers }) =>
        drivers.map((driver) => offerOf(this.#bus, driver, port)),
      ),
    );
  }
}

/** A thing that does not answer, or answers anything else, is not the driver's. */
async function identifies<K extends BusKind>(
  bus: Bus<K>,
  driver: DeviceDriver<Device, K>,
  port: Port<K>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await withDeadline(
      `${driver.id}: identification`,
      IDENTIFY_MS,
      async (inner) => {
        const transport = await bus.open(port, driver.openOptions, inner);
        // A driver that waits for ever is waiting on the transport: closing it ends the wait.
        const close = (): Promise<void> => transport.close().catch(() => undefined);
        inner.addEventListener('abort', () => void close(), { once: true });
        try {
          inner.throwIfAborted();
          return (await driver.identify?.(transport, inner)) ?? false;
        } finally {
          await close();
        }
      },
      signal,
    );
  } catch {
    return false;
  }
}

function offerOf<K extends BusKind>(bus: Bus<K>, driver: DeviceDriver<Device, K>, port: Port<K>): Offer {
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
    ports: [port],
    driver: driver.id,
    ...(reachable === undefined ? {} : { reachable }),
    open: async (signal) => {
      const transport = await bus.open(port, driver.openOptions, signal);
      try {
        return await driver.open(transport, { port, signal });
      } catch (error) {
        await transport.close().catch(() => undefined);
        throw error;
      }
    },
  };
}
