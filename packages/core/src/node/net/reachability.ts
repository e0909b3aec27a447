import type { PortEvent } from '../../bus.js';
import type { Port } from '../../port.js';
import { connect, type Address } from './connect.js';

/** How many ports are asked at once. */
const AT_ONCE = 4;

/**
 * The ports of a network bus, with whether they answer as a state of each. One round of questions begins when the one
 * before it is over; a question is a connection that is closed again.
 */
export class Reachability<K extends 'tcp' | 'http'> {
  readonly #ports = new Map<string, Port<K>>();
  readonly #tell: (event: PortEvent<K>) => void;
  readonly #addressOf: (port: Port<K>) => Address;
  readonly #everyMs: number;
  readonly #over = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `everyMs` 0 never asks. */
  constructor(tell: (event: PortEvent<K>) => void, addressOf: (port: Port<K>) => Address, everyMs: number) {
    this.#tell = tell;
    this.#addressOf = addressOf;
    this.#everyMs = everyMs;
    this.#again(0);
  }

  /** How many ports there are. */
  get size(): number {
    return this.#ports.size;
  }

  /** A port is there, or is there with other properties. */
  add(port: Port<K>): void {
    const known = this.#ports.get(port.id);
    const now = known?.reachable === undefined ? port : { reachable: known.reachable, ...port };
    this.#ports.set(port.id, now);
    this.#tell({ type: known === undefined ? 'attached' : 'changed', port: now });
  }

  /** A port is not announced any more. */
  remove(id: string): void {
    const port = this.#ports.get(id);
    if (port === undefined) return;
    this.#ports.delete(id);
    this.#tell({ type: 'detached', port });
  }

  /** Asks nobody any more. */
  stop(): void {
    this.#over.abort();
    clearTimeout(this.#timer);
  }

  #again(ms: number): void {
    if (this.#everyMs === 0 || this.#over.signal.aborted) return;
    this.#timer = setTimeout(() => {
      this.#round().then(
        () => {
          this.#again(this.#everyMs);
        },
        () => undefined,
      );
    }, ms);
  }

  async #round(): Promise<void> {
    const queue = [...this.#ports.keys()];
    const ask = async (): Promise<void> => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await this.#ask(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, ask));
  }

  async #ask(id: string): Promise<void> {
    const asked = this.#ports.get(id);
    if (asked === undefined) return;
    const reachable = await this.#answers(asked);
    const port = this.#ports.get(id);
    if (this.#over.signal.aborted || port === undefined || port.reachable === reachable) return;
    this.add({ ...port, reachable });
  }

  async #answers(port: Port<K>): Promise<boolean> {
    try {
      const socket = await connect(this.#addressOf(port), undefined, this.#over.signal);
      socket.on('error', () => undefined).destroy();
      return true;
    } catch {
      return false;
    }
  }
}
