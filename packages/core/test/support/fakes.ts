import { Observable, Subject, type Subscriber } from 'rxjs';
import {
  defineKind,
  DeviceError,
  DeviceLife,
  type Bus,
  type ByteTransport,
  type Device,
  type DeviceSource,
  type Offer,
  type PortEvent,
  type SerialPort,
} from '@buergerkoffer/core';

export interface Lamp extends Device {
  readonly life: DeviceLife;
  toggle(signal?: AbortSignal): Promise<boolean>;
}

export const LAMP = defineKind<Lamp>('lamp', 'Lampe', { toggle: 'call' });
export const HORN = defineKind<Device>('horn', 'Hupe', {});

export function lamp(): Lamp {
  const life = new DeviceLife();
  return {
    life,
    info: { maker: 'Test', model: 'Lamp', simulated: true },
    ended: life.ended,
    close: () => life.close(),
    toggle: (signal) => life.gate.call('toggle', () => Promise.resolve(true), signal),
  };
}

export function offer(physical: string, changes: Partial<Offer<Lamp>> = {}): Offer<Lamp> {
  return {
    id: `${physical}/test`,
    kind: LAMP,
    info: { maker: 'Test', model: 'Lamp', simulated: true },
    physical,
    ports: [],
    driver: 'test',
    open: () => Promise.resolve(lamp()),
    ...changes,
  };
}

/** A source whose list the test sets; counts its watchers. */
export function source(first: readonly Offer[] = []): DeviceSource & {
  set(list: readonly Offer[]): void;
  fail(): void;
  readonly watchers: () => number;
} {
  let current = first;
  const changes = new Subject<readonly Offer[]>();
  let watchers = 0;
  return {
    id: 'test',
    offers: new Observable((subscriber) => {
      watchers++;
      subscriber.next(current);
      subscriber.add(changes.subscribe(subscriber));
      subscriber.add(() => watchers--);
    }),
    diagnostics: new Observable((subscriber) => {
      subscriber.next([]);
      subscriber.add(
        changes.subscribe({
          error: (error: unknown) => {
            subscriber.error(error);
          },
        }),
      );
    }),
    set: (list) => {
      current = list;
      changes.next(list);
    },
    fail: () => {
      changes.error(new Error('source broke'));
    },
    watchers: () => watchers,
  };
}

/** A serial bus whose ports the test attaches; it counts what is open. */
export class FakeSerialBus implements Bus<'serial'> {
  readonly kind = 'serial';
  readonly #ports = new Map<string, SerialPort>();
  readonly #watchers = new Set<Subscriber<PortEvent<'serial'>>>();
  open_ = 0;
  answers = new Map<string, string>();

  readonly events = new Observable<PortEvent<'serial'>>((subscriber) => {
    for (const port of this.#ports.values()) subscriber.next({ type: 'attached', port });
    subscriber.next({ type: 'listed' });
    this.#watchers.add(subscriber);
    subscriber.add(() => this.#watchers.delete(subscriber));
  });

  attach(path: string, ids: Partial<SerialPort> = {}): void {
    const port: SerialPort = { bus: 'serial', id: path, path, physical: `usb:${path}`, ...ids };
    this.#ports.set(path, port);
    for (const watcher of this.#watchers) watcher.next({ type: 'attached', port });
  }

  change(path: string, ids: Partial<SerialPort>): void {
    const port: SerialPort = { bus: 'serial', id: path, path, physical: `usb:${path}`, ...ids };
    this.#ports.set(path, port);
    for (const watcher of this.#watchers) watcher.next({ type: 'changed', port });
  }

  detach(path: string): void {
    const port = this.#ports.get(path);
    if (port === undefined) return;
    this.#ports.delete(path);
    for (const watcher of this.#watchers) watcher.next({ type: 'detached', port });
  }

  open(port: SerialPort): Promise<ByteTransport> {
    if (!this.#ports.has(port.id))
      return Promise.reject(new DeviceError('not-found', `${port.path} is not there`));
    this.open_++;
    const input = new Subject<Uint8Array>();
    const life = new DeviceLife(() => {
      this.open_--;
      return Promise.resolve();
    });
    return Promise.resolve({
      input,
      ended: life.ended,
      close: () => life.close(),
      write: () => {
        const answer = this.answers.get(port.id);
        if (answer !== undefined)
          queueMicrotask(() => {
            input.next(new TextEncoder().encode(answer));
          });
        return Promise.resolve();
      },
    });
  }
}
