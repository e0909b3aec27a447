import { BehaviorSubject, combineLatest, map, NEVER, of, startWith, switchMap, type Observable } from 'rxjs';
import {
  DeviceError,
  type Device,
  type DeviceSource,
  type Diagnostic,
  type Offer,
} from '@buergerkoffer/core';
import type { Simulated } from '@buergerkoffer/core/simulation';

/**
 * A table on which simulators lie: a device source whose things are plugged and unplugged by a program. Put it
 * beside the real buses, or instead of them: apps see no difference. A thing that loses its plug by itself (its
 * `unplug()`, the fault `vanish`) is no longer offered, and is again after its `plug()`.
 */
export class Bench implements DeviceSource {
  readonly id = 'bench';
  readonly offers: Observable<readonly Offer[]>;
  readonly diagnostics: Observable<readonly Diagnostic[]> = NEVER.pipe(startWith<readonly Diagnostic[]>([]));
  readonly #things = new BehaviorSubject<ReadonlyMap<string, Simulated>>(new Map());
  #count = 0;

  constructor(things: readonly Simulated[] = []) {
    this.offers = this.#things.pipe(switchMap(offersOf));
    for (const thing of things) this.plug(thing);
  }

  /**
   * Plugs `thing` in at the next free place, or at `place`; the returned function pulls the plug. Throws
   * `invalid-request` when something else lies there.
   */
  plug(thing: Simulated, place?: string): () => void {
    const at = place ?? this.#freePlace();
    const there = this.#things.value.get(at);
    if (there !== undefined && there !== thing) {
      throw new DeviceError('invalid-request', `${at} is taken by ${there.info.model}`, { path: 'place' });
    }
    thing.plug();
    if (there === undefined) this.#things.next(new Map([...this.#things.value, [at, thing]]));
    return () => {
      if (this.#things.value.get(at) !== thing) return;
      this.#things.next(new Map([...this.#things.value].filter(([other]) => other !== at)));
      thing.unplug();
    };
  }

  #freePlace(): string {
    for (;;) {
      this.#count += 1;
      if (!this.#things.value.has(`bench:${this.#count}`)) return `bench:${this.#count}`;
    }
  }
}

/** The things that are plugged in, at every change. */
function offersOf(things: ReadonlyMap<string, Simulated>): Observable<readonly Offer[]> {
  const each = [...things].map(([place, thing]) =>
    thing.plugged.pipe(map((plugged) => (plugged ? [offerOf(place, thing)] : []))),
  );
  return each.length === 0 ? of([]) : combineLatest(each).pipe(map((lists) => lists.flat()));
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
