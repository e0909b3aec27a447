import type { Subscription } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../../bus.js';
import type { BusKind, Port } from '../../port.js';
import { ContractViolation } from '../contract.js';
import { becomes, describe } from './expectations.js';

/** Watches a bus from the moment it is made, and keeps all that it tells. */
export class BusWatch<K extends BusKind> {
  readonly events: PortEvent<K>[] = [];
  readonly #subscription: Subscription;
  #failure: ContractViolation | undefined;

  constructor(bus: Bus<K>) {
    this.#subscription = bus.events.subscribe({
      next: (event) => this.events.push(event),
      error: (error: unknown) => {
        this.#failure = new ContractViolation(`the events end with ${describe(error)}`, { cause: error });
      },
      complete: () => {
        this.#failure = new ContractViolation('the events complete');
      },
    });
  }

  /** What is attached now, by what was told. */
  get ports(): readonly Port<K>[] {
    const attached = new Map<string, Port<K>>();
    for (const event of this.events) {
      if (event.type === 'attached' || event.type === 'changed') attached.set(event.port.id, event.port);
      else if (event.type === 'detached') attached.delete(event.port.id);
    }
    return [...attached.values()];
  }

  /** Ids of what is attached now, in order of the alphabet. */
  get ids(): readonly string[] {
    return this.ports.map(({ id }) => id).sort((a, b) => a.localeCompare(b));
  }

  /** The diagnostics that were told last. */
  get diagnostics(): readonly Diagnostic[] {
    const told = this.events.filter((event) => event.type === 'diagnostics');
    return told.at(-1)?.diagnostics ?? [];
  }

  /** Waits for an event that `wanted` takes, among those that were told and those that come. */
  async sees(what: string, ms: number, wanted: (event: PortEvent<K>) => boolean): Promise<void> {
    await becomes(what, ms, () => {
      if (this.#failure !== undefined) throw this.#failure;
      return this.events.some(wanted);
    });
  }

  /** Waits until the first list is complete. */
  listed(ms: number): Promise<void> {
    return this.sees('the first list is complete', ms, ({ type }) => type === 'listed');
  }

  stop(): void {
    this.#subscription.unsubscribe();
  }
}
