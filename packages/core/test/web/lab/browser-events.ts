import { DeviceError, type BusKind, type TransportOf } from '@buergerkoffer/core';

/** Browsers have no time-out: as good as never, in milliseconds. */
export const NEVER = { timeoutMs: 2_147_483_647 } as const;

/** A target of events that counts who listens. */
export class CountedTarget extends EventTarget {
  readonly #listeners = new Set<string>();
  readonly #numbers = new Map<unknown, number>();

  get listeners(): number {
    return this.#listeners.size;
  }

  override addEventListener(type: string, listener: never): void {
    this.#listeners.add(this.#nameOf(type, listener));
    super.addEventListener(type, listener);
  }

  override removeEventListener(type: string, listener: never): void {
    this.#listeners.delete(this.#nameOf(type, listener));
    super.removeEventListener(type, listener);
  }

  #nameOf(type: string, listener: unknown): string {
    const number = this.#numbers.get(listener) ?? this.#numbers.size;
    this.#numbers.set(listener, number);
    return `${type} ${number}`;
  }
}

/** An event with properties of its own, as browsers send them. */
export function eventWith<T extends object>(type: string, properties: T): Event & T {
  return Object.assign(new Event(type), properties);
}

/** What a browser says where a transport of the lab says something else, by the code of the lab. */
export function browserError(error: unknown, names: Readonly<Record<string, string>>): unknown {
  if (!(error instanceof DeviceError)) return error;
  return new DOMException(error.message, names[error.code] ?? 'NetworkError');
}

/** `transport` when there is one, else what a browser says of a thing that is not open. */
export function openOne<K extends BusKind>(transport: TransportOf[K] | undefined): TransportOf[K] {
  if (transport === undefined) throw new DOMException('it must be opened first', 'InvalidStateError');
  return transport;
}
