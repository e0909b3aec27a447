import { NEVER, Observable, startWith, type Subscriber } from 'rxjs';
import type { Device, DeviceSource, Diagnostic, Offer } from '@buergerkoffer/core';
import type { Simulated } from '@buergerkoffer/core/simulation';

/**
 * A table on which simulators lie: a device source whose things are plugged and unplugged by a program. Put it
 * beside the real buses, or instead of them: apps see no difference.
 */
export class Bench implements DeviceSource {
  readonly id = 'bench';
  readonly offers: Observable<readonly Offer[]>;
  readonly diagnostics: Observable<readonly Diagnostic[]> = NEVER.pipe(startWith<readonly Diagnostic[]>([]));
  readonly #things = new Map<string, Simulated>();
  readonly #watchers = new Set<Subscriber<readonly Offer[]>>();
  #count = 0;

  constructor(things: readonly Simulated[] = []) {
    this.offers = new Observable((subscriber) => {
      subscriber.next(this.#list());
      this.#watchers.add(subscriber);
      subscriber.add(() => {
        this.#watchers.delete(subscriber);
      });
    });
    for (const thing of things) this.plug(thing);
  }

  /** Plugs `thing` in at the next free place, or at `place`; the returned function pulls the plug. */
  plug(thing: Simulated, place?: string): () => void {
    const at = place ?? `bench:${++this.#count}`;
    thing.plug();
    this.#things.set(at, thing);
    this.#tell();
    return () => {
      if (this.#things.get(at) !== thing) return;
      this.#things.delete(at);
      thing.unplug();
      this.#tell();
    };
  }

  #tell(): void {
    const list = this.#list();
    for (const watcher of this.#watchers) watcher.next(list);
  }

  #list(): readonly Offer[] {
    return [...this.#things].map(([place, thing]) => offerOf(place, thing));
  }
}

function offerOf<D extends Device>(physical: string, thing: Simulated<D>): Offer<D> {
  return {
    id: `${physical}/${thing.kind.id}`,
    kind: thing.kind,
    info: thing.info,
    physical,
    ports: [],
    driver: 'simulator',
    open: (signal) => thing.open(signal),
  };
}
