import type { PortEvent } from '../bus.js';
import { DeviceError } from '../device-error.js';
import type { BusKind } from '../port.js';

/** What waits until the other side can take more. Bounded, whatever comes. */
export interface Outbox<T> {
  /** Throws `protocol` when nothing more can be kept. */
  put(item: T): void;
  /** The next item to send, or undefined. */
  take(): T | undefined;
}

/** How many items of a stream are kept. */
const MAX_KEPT = 4_096;
/** How many bytes of them are kept. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024;

/** Keeps everything up to 4096 items or 4 MiB: what a device said must not be lost in silence. */
export class WholeOutbox implements Outbox<object> {
  readonly #items: object[] = [];
  #bytes = 0;

  put(item: object): void {
    this.#bytes += bytesOf(item);
    if (this.#items.length >= MAX_KEPT || this.#bytes > MAX_KEPT_BYTES) {
      throw new DeviceError('protocol', 'the device says more than this application takes in time', {
        remedy: 'report it with the load of the computer; the application was busy for too long',
      });
    }
    this.#items.push(item);
  }

  take(): object | undefined {
    const item = this.#items.shift();
    if (item !== undefined) this.#bytes -= bytesOf(item);
    return item;
  }
}

/** Keeps the latest item: how things stand. */
export class LatestOutbox implements Outbox<object> {
  #latest: object | undefined;

  put(item: object): void {
    this.#latest = item;
  }

  take(): object | undefined {
    const item = this.#latest;
    this.#latest = undefined;
    return item;
  }
}

/**
 * Keeps the events of a bus, at most two for each port: what came and went unseen is left out, what was plugged in
 * anew is told as that.
 */
export class EventOutbox<K extends BusKind> implements Outbox<PortEvent<K>> {
  readonly #ofPort = new Map<string, readonly PortEvent<K>[]>();
  /** The ports that the other side knows of. */
  readonly #told = new Set<string>();
  #diagnostics: PortEvent<K> | undefined;
  #listed: PortEvent<K> | undefined;

  put(event: PortEvent<K>): void {
    switch (event.type) {
      case 'diagnostics':
        this.#diagnostics = event;
        break;
      case 'listed':
        this.#listed = event;
        break;
      case 'attached':
      case 'changed':
      case 'detached': {
        const { id } = event.port;
        const kept = merged(this.#ofPort.get(id) ?? [], event, this.#told.has(id));
        this.#ofPort.delete(id);
        if (kept.length > 0) this.#ofPort.set(id, kept);
        break;
      }
      default:
        event satisfies never;
    }
  }

  /** Ports first: `listed` tells that all of them were named. */
  take(): PortEvent<K> | undefined {
    for (const [id, [first, ...rest]] of this.#ofPort) {
      if (rest.length > 0) this.#ofPort.set(id, rest);
      else this.#ofPort.delete(id);
      if (first?.type === 'detached') this.#told.delete(id);
      else this.#told.add(id);
      return first;
    }
    const next = this.#diagnostics ?? this.#listed;
    if (next === this.#diagnostics) this.#diagnostics = undefined;
    else this.#listed = undefined;
    return next;
  }
}

/** What is to be told of a port after `event` too: nothing, one event, or that it went and came back. */
function merged<K extends BusKind>(
  [first]: readonly PortEvent<K>[],
  event: Extract<PortEvent<K>, { readonly port: unknown }>,
  told: boolean,
): readonly PortEvent<K>[] {
  if (event.type === 'detached') return told ? [event] : [];
  if (first?.type === 'detached') return [first, { ...event, type: 'attached' }];
  return [first?.type === 'attached' ? { ...event, type: 'attached' } : event];
}

function bytesOf(item: object): number {
  return Object.values(item).reduce<number>(
    (sum, value: unknown) => sum + (value instanceof Uint8Array ? value.byteLength : 0),
    0,
  );
}
