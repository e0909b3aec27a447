import { Observable } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import type { BusKind, Port } from '../port.js';

/** How long a bus may take for its first enumeration, in milliseconds; then what it has named so far is shown. */
const LIST_MS = 3_000;

/** One thing that is attached. */
export interface Attachment<K extends BusKind> {
  readonly port: Port<K>;
  /** Another number each time something is attached, the same after `changed`. */
  readonly plug: number;
}

/** What is attached to one bus, kept up to date by its events, whatever order they come in. */
export class PortTable<K extends BusKind> {
  readonly #kind: K;
  readonly #attached = new Map<string, Attachment<K>>();
  readonly #clashes = new Map<string, Diagnostic>();
  #said: readonly Diagnostic[] = [];
  #complete = false;
  #late: Diagnostic | undefined;
  #plugs = 0;

  constructor(kind: K) {
    this.#kind = kind;
  }

  /** What is attached now, by id of the port. */
  get attached(): ReadonlyMap<string, Attachment<K>> {
    return this.#attached;
  }

  /** Whether the first enumeration is over, or is waited for no longer. */
  get complete(): boolean {
    return this.#complete;
  }

  /** All that is to be said about the bus now. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#said, ...(this.#late === undefined ? [] : [this.#late]), ...this.#clashes.values()];
  }

  /** Takes one event of the bus. */
  note(event: PortEvent<K>): void {
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
        this.#complete = true;
        this.#late = undefined;
        break;
      case 'diagnostics':
        this.#said = event.diagnostics;
        break;
      default:
        event satisfies never;
    }
  }

  /** The first enumeration does not end: what is known counts from now on. */
  waitNoLonger(): void {
    if (this.#complete) return;
    this.#complete = true;
    this.#late = {
      code: `${this.#kind}.not-listed`,
      severity: 'warning',
      message: `the ${this.#kind} bus has not finished its first look at what is attached`,
      remedy: 'wait, and unplug what was plugged in last; run `koffer doctor` if it stays so',
    };
  }

  /** The last one to take an id has it: a bus that forgot to say `detached` is more likely than two things in one place. */
  #attach(port: Port<K>): void {
    const there = this.#attached.get(port.id)?.port;
    if (there !== undefined && !samePlace(there, port)) {
      this.#clashes.set(port.id, clash(this.#kind, there, port));
    }
    this.#plugs += 1;
    this.#attached.set(port.id, { port, plug: this.#plugs });
  }

  #change(port: Port<K>): void {
    const known = this.#attached.get(port.id);
    if (known === undefined) this.#attach(port);
    else this.#attached.set(port.id, { ...known, port });
  }

  #detach(port: Port<K>): void {
    const there = this.#attached.get(port.id);
    this.#clashes.delete(port.id);
    if (there !== undefined && samePlace(there.port, port)) this.#attached.delete(port.id);
  }
}

/** The table of `bus`, emitted as it is after each event; the same object each time. */
export function portTable<K extends BusKind>(bus: Bus<K>): Observable<PortTable<K>> {
  return new Observable((subscriber) => {
    const table = new PortTable(bus.kind);
    const tell = (): void => {
      if (table.complete) clearTimeout(late);
      subscriber.next(table);
    };
    const late = setTimeout(() => {
      table.waitNoLonger();
      tell();
    }, LIST_MS);
    subscriber.add(() => {
      clearTimeout(late);
    });
    subscriber.add(
      bus.events.subscribe({
        next: (event) => {
          table.note(event);
          tell();
        },
        error: (error: unknown) => {
          subscriber.error(error);
        },
      }),
    );
  });
}

function samePlace<K extends BusKind>(a: Port<K>, b: Port<K>): boolean {
  return a.physical === b.physical && a.path === b.path;
}

function clash<K extends BusKind>(kind: K, there: Port<K>, port: Port<K>): Diagnostic {
  return {
    code: `${kind}.port-id-clash`,
    severity: 'error',
    message: `the ${kind} bus gives ${there.path} and ${port.path} one id; only ${port.path} is shown`,
    remedy: 'unplug one of the two, and report the fault to whoever made the bus',
  };
}
