import type { BusKind } from '@buergerkoffer/core';
import type { TransportCase, TransportUnderTest } from '@buergerkoffer/core/testing';
import type { Attached } from '@buergerkoffer/device-lab/node';

const ROLES = ['first', 'second'] as const;
type Role = (typeof ROLES)[number];

/**
 * The two reference devices of a suite, which stay plugged in from case to case: to set a device up is most of what a case costs here. One
 * that a case has spoiled, or failed with, gets power anew.
 */
export class KeptPair {
  readonly #attach: (role: Role) => Promise<Attached>;
  readonly #attached = new Map<Role, Attached>();

  constructor(attach: (role: Role) => Promise<Attached>) {
    this.#attach = attach;
  }

  /** What a subject of `one` has of them: the twin only where it is needed. */
  async for<K extends BusKind>(
    one: TransportCase<K>,
  ): Promise<Pick<TransportUnderTest<K>, 'plug' | 'unplug'>> {
    await this.#plug('first');
    if (one.needs?.includes('second') === true) await this.#plug('second');
    else await this.#unplug('second');
    return { plug: () => this.#plug('first'), unplug: () => this.#unplug('first') };
  }

  /** Both plugs are pulled: what comes next is fresh, and the process can end. */
  async end(): Promise<void> {
    for (const role of ROLES) await this.#unplug(role);
  }

  async #plug(role: Role): Promise<void> {
    if (!this.#attached.has(role)) this.#attached.set(role, await this.#attach(role));
  }

  async #unplug(role: Role): Promise<void> {
    const attached = this.#attached.get(role);
    this.#attached.delete(role);
    await attached?.unplug();
  }
}
