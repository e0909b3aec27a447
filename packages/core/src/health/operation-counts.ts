import type { DeviceErrorCode } from '../device-error.js';
import { LatencyWindow, type Latency } from './latency-window.js';

/** What failed last. Codes and times only: what travels to and from devices is personal data. */
export interface LastError {
  readonly code: DeviceErrorCode;
  /** The operation: `open`, `transferIn`, `transmit`. */
  readonly operation: string;
  /** In milliseconds since 1970. */
  readonly atMs: number;
}

/** How operations went. */
export interface OperationHealth {
  readonly succeeded: number;
  /** How many failed, by code; codes that never happened are absent. */
  readonly failed: Readonly<Partial<Record<DeviceErrorCode, number>>>;
  /** Absent before the first operation whose duration says something. */
  readonly latency?: Latency;
}

/** Counts operations. */
export class OperationCounts {
  readonly #failed = new Map<DeviceErrorCode, number>();
  readonly #latencies = new LatencyWindow();
  #succeeded = 0;

  /** An operation went well; `durationMs` where it tells how fast the device is. */
  succeed(durationMs: number | undefined): void {
    this.#succeeded += 1;
    if (durationMs !== undefined) this.#latencies.add(durationMs);
  }

  /** An operation failed. */
  fail(code: DeviceErrorCode): void {
    this.#failed.set(code, (this.#failed.get(code) ?? 0) + 1);
  }

  /** The counts now. */
  snapshot(): OperationHealth {
    const latency = this.#latencies.summary();
    return {
      succeeded: this.#succeeded,
      failed: Object.fromEntries(this.#failed),
      ...(latency === undefined ? {} : { latency }),
    };
  }
}
