import type { Observable } from 'rxjs';
import type { Candidate } from './candidate.js';
import type { Device, End } from './device.js';
import type { PassedOver } from './leases/open-first.js';
import type { LeaseRequest } from './lease-request.js';

/** The right to use one device, until it is released or the device ends. */
export interface Lease<D extends Device = Device> extends LeaseRequest {
  readonly device: D;
  readonly candidate: Candidate<D>;
  /** Preferred ways to the device that failed when it was opened, the first choice first; empty where that led to it. */
  readonly passedOver: readonly PassedOver[];
  readonly ended: Promise<End>;
  /**
   * Who waits for this device and is more urgent, the first in the queue first; starts with the present state,
   * completes with the lease. A holder that can stop should; it is never robbed.
   */
  readonly wanted: Observable<readonly LeaseRequest[]>;
  /** Closes the device and gives it back; idempotent. */
  release(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}
