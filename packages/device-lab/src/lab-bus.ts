import { Observable, type Subscriber } from 'rxjs';
import {
  DeviceError,
  type Bus,
  type BusKind,
  type OpenOptionsOf,
  type Port,
  type PortEvent,
  type TransportOf,
} from '@buergerkoffer/core';

/** A virtual thing on a lab bus: where it is, and the hardware behind it. */
export interface VirtualHardware<K extends BusKind> {
  readonly port: Port<K>;
  /** It can be opened several times at once, as a service on the network. Default false. */
  readonly shared?: boolean;
  /**
   * A connection to it; `unplugged` is aborted, with the `lost` error as reason, when it is unplugged, `signal` when
   * nobody waits for the connection any more.
   */
  connect(options: OpenOptionsOf[K], unplugged: AbortSignal, signal?: AbortSignal): Promise<TransportOf[K]>;
}

/** A thing that is plugged into a lab bus. */
export interface Plugged<K extends BusKind> {
  readonly ports: readonly Port<K>[];
  /** Pulls the plug: open transports end as `lost`. Idempotent. */
  readonly unplug: () => void;
}

interface Slot<K extends BusKind> {
  readonly hardware: VirtualHardware<K>;
  readonly unplugged: AbortSignal;
  open: boolean;
}

/** A bus in this process: virtual hardware that drivers reach through the same transports as the real one. */
export class LabBus<K extends BusKind> implements Bus<K> {
  readonly kind: K;
  readonly events: Observable<PortEvent<K>>;
  readonly #slots = new Map<string, Slot<K>>();
  readonly #watchers = new Set<Subscriber<PortEvent<K>>>();
  #addresses = 0;

  constructor(kind: K) {
    this.kind = kind;
    this.events = new Observable((subscriber) => {
      for (const { hardware } of this.#slots.values()) {
        subscriber.next({ type: 'attached', port: hardware.port });
      }
      subscriber.next({ type: 'listed' });
      this.#watchers.add(subscriber);
      subscriber.add(() => {
        this.#watchers.delete(subscriber);
      });
    });
  }

  /**
   * Plugs one thing in, with all its ports; the returned function pulls the plug, and its open transports end as
   * `lost`. Throws `invalid-request` when a port's id is taken.
   */
  plug(...hardware: readonly VirtualHardware<K>[]): () => void {
    const taken = hardware.find(({ port }) => this.#slots.has(port.id));
    if (taken !== undefined) {
      throw new DeviceError('invalid-request', `port ${taken.port.id} is taken on this lab bus`);
    }
    const pulled = new AbortController();
    const slots = hardware.map((one): Slot<K> => ({ hardware: one, unplugged: pulled.signal, open: false }));
    for (const slot of slots) this.#slots.set(slot.hardware.port.id, slot);
    for (const { port } of hardware) this.#tell({ type: 'attached', port });
    return () => {
      if (pulled.signal.aborted) return;
      for (const { port } of hardware) this.#slots.delete(port.id);
      pulled.abort(new DeviceError('lost', `${hardware[0]?.port.path ?? 'it'} was unplugged`));
      for (const { port } of hardware) this.#tell({ type: 'detached', port });
    };
  }

  /**
   * Where the next thing is plugged in: `place`, or the lowest free one of the first hub (`1-1`, `1-2` …), and an
   * address that this bus never gave before. Throws `invalid-request` when something lies at `place`.
   */
  assign(place?: string): { readonly place: string; readonly address: number } {
    const taken = new Set([...this.#slots.values()].map(({ hardware }) => hardware.port.physical));
    if (place !== undefined && taken.has(`usb:${place}`)) {
      throw new DeviceError('invalid-request', `${place} is taken on this lab bus`, { path: 'place' });
    }
    let free = 1;
    while (taken.has(`usb:1-${free}`)) free += 1;
    this.#addresses += 1;
    return { place: place ?? `1-${free}`, address: this.#addresses };
  }

  /** Opens a port; a second open of it is `busy`, as with a claimed interface, unless the hardware is shared. */
  async open(port: Port<K>, options: OpenOptionsOf[K], signal?: AbortSignal): Promise<TransportOf[K]> {
    signal?.throwIfAborted();
    const slot = this.#slots.get(port.id);
    if (slot === undefined) throw new DeviceError('not-found', `nothing is plugged in at ${port.path}`);
    if (slot.open && slot.hardware.shared !== true)
      throw new DeviceError('busy', `${port.path} is open already`);
    slot.open = true;
    const free = (): void => {
      slot.open = false;
    };
    try {
      const transport = await slot.hardware.connect(options, slot.unplugged, signal);
      void transport.ended.then(free);
      if (signal?.aborted === true) await transport.close();
      signal?.throwIfAborted();
      return transport;
    } catch (error) {
      free();
      throw error;
    }
  }

  #tell(event: PortEvent<K>): void {
    for (const watcher of this.#watchers) watcher.next(event);
  }
}
