import type { Observable } from 'rxjs';
import type { DeviceError } from './device-error.js';

/** Who made a device and which one it is. The serial number identifies hardware, never a person. */
export interface DeviceInfo {
  readonly maker: string;
  readonly model: string;
  readonly serialNumber?: string;
  readonly firmware?: string;
  /** True for simulators: what they deliver must never reach production. */
  readonly simulated: boolean;
}

/** How the life of an open device or transport ended. */
export type End = { readonly reason: 'closed' } | { readonly reason: 'lost'; readonly error: DeviceError };

/**
 * An open device. Kinds add their operations, in three shapes only: events over time are a cold
 * `Observable` (unsubscribing cancels), one answer is a `Promise` with an `AbortSignal` last, bulk is an
 * `AsyncIterable` (pulling is the back-pressure).
 */
export interface Device {
  readonly info: DeviceInfo;
  /** Settles once, never rejects: after `close()`, or with the error when the hardware has gone. */
  readonly ended: Promise<End>;
  /** Ends what runs, releases the hardware, then resolves. Idempotent, and never waits for a read. */
  close(): Promise<void>;
}

/** The shape of an operation, as far as a proxy in another process must know it. */
export type OperationShape = 'stream' | 'call' | 'iterate';

type ShapeOf<F> = F extends (...args: never[]) => infer R
  ? R extends Observable<unknown>
    ? 'stream'
    : R extends AsyncIterable<unknown>
      ? 'iterate'
      : R extends Promise<unknown>
        ? 'call'
        : never
  : never;

/** Every method that `D` adds to `Device`, with its shape: the compiler checks that none is missing. */
export type Operations<D extends Device> = {
  readonly [
    K in Exclude<keyof D, keyof Device> as D[K] extends (...args: never[]) => unknown ? K : never
  ]: ShapeOf<D[K]>;
};

/** A kind of device: what apps ask the manager for. Made once per kind with {@link defineKind}. */
export interface DeviceKind<D extends Device = Device> {
  /** The name that procedures and diagnostics use, such as `fingerprint-scanner`. */
  readonly id: string;
  /** German name for clerks. */
  readonly title: string;
  readonly operations: Operations<D>;
}

/** The kind `id` of devices `D`; `operations` lists each method that `D` adds, with its shape. */
export function defineKind<D extends Device>(
  id: string,
  title: string,
  operations: Operations<D>,
): DeviceKind<D> {
  return { id, title, operations };
}
