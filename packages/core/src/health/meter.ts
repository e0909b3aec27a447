import type { Clock } from '../clock.js';
import { DeviceError, type DeviceErrorCode } from '../device-error.js';
import type { Port } from '../port.js';
import { OperationCounts, type LastError, type OperationHealth } from './operation-counts.js';

/** Counts the operations of one transport. */
export interface TransportMeter {
  /** Runs an operation that the device answers as fast as it can: its duration is a latency. */
  answered<T>(operation: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Runs an operation that waits for something to happen, a finger or a card: it is counted, not timed. */
  awaited<T>(operation: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** How one transport of a device does. */
export interface TransportHealth {
  readonly bus: Port['bus'];
  readonly path: string;
  readonly operations: OperationHealth;
  readonly lastError?: LastError;
}

/** How many ports of one device are told apart; a thing that moves on shares the last place. */
const MAX_TRANSPORTS = 8;

interface Metered {
  readonly bus: Port['bus'];
  readonly path: string;
  readonly counts: OperationCounts;
  lastError: LastError | undefined;
}

/** Where the outcome of an operation goes. */
interface Outcome {
  readonly counts: readonly OperationCounts[];
  readonly failed: (error: LastError) => void;
}

/** Counts what one device does, on whichever ports. */
export class DeviceMeter {
  /** Openings of the device. */
  readonly openings = new OperationCounts();
  /** Operations on all its transports. */
  readonly operations = new OperationCounts();
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #transports = new Map<string, Metered>();
  #lastError: LastError | undefined;
  #lastUsedMs: number | undefined;

  /** `changed` is called after each operation. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get lastError(): LastError | undefined {
    return this.#lastError;
  }

  /** When it was opened or used last, in milliseconds since 1970. */
  get lastUsedMs(): number | undefined {
    return this.#lastUsedMs;
  }

  get transports(): readonly TransportHealth[] {
    return [...this.#transports.values()].map(({ bus, path, counts, lastError }) => ({
      bus,
      path,
      operations: counts.snapshot(),
      ...(lastError === undefined ? {} : { lastError }),
    }));
  }

  /** The meter of the transport on `port`. */
  transport(port: Port): TransportMeter {
    const metered = this.#metered(port);
    const outcome: Outcome = {
      counts: [metered.counts, this.operations],
      failed: (error) => {
        metered.lastError = error;
      },
    };
    return {
      answered: (operation, work, signal) => this.#run(operation, work, signal, outcome, true),
      awaited: (operation, work, signal) => this.#run(operation, work, signal, outcome, false),
    };
  }

  /** Opens the device with `work` and counts it. */
  open<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#run('open', work, signal, { counts: [this.openings], failed: () => undefined }, true);
  }

  /** The hardware has gone while the device was open. */
  lost(): void {
    this.#lastError = { code: 'lost', operation: 'use', atMs: this.#clock.now() };
    this.#changed();
  }

  async #run<T>(
    operation: string,
    work: () => Promise<T>,
    signal: AbortSignal | undefined,
    { counts, failed }: Outcome,
    timed: boolean,
  ): Promise<T> {
    const begunMs = this.#clock.elapsed();
    try {
      const result = await work();
      const durationMs = timed ? this.#clock.elapsed() - begunMs : undefined;
      for (const one of counts) one.succeed(durationMs);
      return result;
    } catch (error) {
      const code = codeOf(error);
      // What we ended ourselves says nothing about the device.
      if (signal?.aborted !== true && code !== 'closed') {
        const last = { code, operation, atMs: this.#clock.now() };
        this.#lastError = last;
        failed(last);
        for (const one of counts) one.fail(code);
      }
      throw error;
    } finally {
      this.#lastUsedMs = this.#clock.now();
      this.#changed();
    }
  }

  #metered({ bus, path }: Port): Metered {
    const full = this.#transports.size >= MAX_TRANSPORTS;
    const name = `${bus} ${path}`;
    const known = this.#transports.get(name) ?? (full ? [...this.#transports.values()].at(-1) : undefined);
    if (known !== undefined) return known;
    const metered = { bus, path, counts: new OperationCounts(), lastError: undefined };
    this.#transports.set(name, metered);
    return metered;
  }
}

/** Transports reject with errors of the SDK; anything else is a fault of their own. */
function codeOf(error: unknown): DeviceErrorCode {
  return error instanceof DeviceError ? error.code : 'protocol';
}
