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
  /** A fresh connection to it; `unplugged` is aborted, with the `lost` error as reason, when it is unplugged. */
  connect(options: OpenOptionsOf[K], unplugged: AbortSignal): Promise<TransportOf[K]>;
}

interface Plugged<K extends BusKind> {
  readonly hardware: VirtualHardware<K>;
  readonly unplugged: AbortController;
  open: boolean;
}

/** A bus in this process: virtual hardware that drivers reach through the same transports as the real one. */
export class LabBus<K extends BusKind> implements Bus<K> {
  readonly kind: K;
  readonly events: Observable<PortEvent<K>>;
  readonly #plugged = new Map<string, Plugged<K>>();
  readonly #watchers = new Set<Subscriber<PortEvent<K>>>();

  constructor(kind: K) {
    this.kind = kind;
    this.events = new Observable((subscriber) => {
      for (const { hardware } of this.#plugged.values()) {
        subscriber.next({ type: 'attached', port: hardware.port });
      }
      subscriber.next({ type: 'listed' });
      this.#watchers.add(subscriber);
      subscriber.add(() => {
        this.#watchers.delete(subscriber);
      });
    });
  }

  /** Plugs `hardware` in; the returned function pulls the plug, and its open transport ends as `lost`. */
  plug(hardware: VirtualHardware<K>): () => void {
    const { port } = hardware;
    if (this.#plugged.has(port.id)) {
      throw new DeviceError('invalid-request', `port ${port.id} is taken on this lab bus`);
    }
    const plugged: Plugged<K> = { hardware, unplugged: new AbortController(), open: false };
    this.#plugged.set(port.id, plugged);
    this.#tell({ type: 'attached', port });
    return () => {
      if (this.#plugged.get(port.id) !== plugged) return;
      this.#plugged.delete(port.id);
      plugged.unplugged.abort(new DeviceError('lost', `${port.path} was unplugged`));
      this.#tell({ type: 'detached', port });
    };
  }

  /** Opens a port; a second open of it is `busy`, as with a claimed interface. */
  async open(port: Port<K>, options: OpenOptionsOf[K], signal?: AbortSignal): Promise<TransportOf[K]> {
    signal?.throwIfAborted();
    const plugged = this.#plugged.get(port.id);
    if (plugged === undefined) throw new DeviceError('not-found', `nothing is plugged in at ${port.path}`);
    if (plugged.open) throw new DeviceError('busy', `${port.path} is open already`);
    plugged.open = true;
    const free = (): void => {
      plugged.open = false;
    };
    try {
      const transport = await plugged.hardware.connect(options, plugged.unplugged.signal);
      void transport.ended.then(free);
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
