import type { Observable } from 'rxjs';
import type { BusKind, Port, PortMatch } from './port.js';
import type { OpenOptionsOf, TransportOf } from './transport.js';

/**
 * Something that an integrator should know and can mend: a library that is missing, a service that does not
 * run, a right that is not given. Never an exception: the rest goes on.
 */
export interface Diagnostic {
  /** Stable name for programs, such as `usb.library-missing`. */
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly remedy: string;
}

/** What a bus tells while it is watched. */
export type PortEvent<K extends BusKind = BusKind> =
  | { readonly type: 'attached'; readonly port: Port<K> }
  /** The same port with other properties: reachable, renamed. */
  | { readonly type: 'changed'; readonly port: Port<K> }
  | { readonly type: 'detached'; readonly port: Port<K> }
  /** The first enumeration is complete: what is not listed now was not attached. */
  | { readonly type: 'listed' }
  /** All that is to be said about the bus now; replaces what was said before. */
  | { readonly type: 'diagnostics'; readonly diagnostics: readonly Diagnostic[] };

/** Watches the ports of one kind and opens them. */
export interface Bus<K extends BusKind = BusKind> {
  readonly kind: K;
  /**
   * Cold: the first subscriber starts the watch, the last one stops it. A subscriber receives `attached` for
   * all that is there, then `listed`, then changes. A bus that is not there is an empty list with a diagnostic.
   */
  readonly events: Observable<PortEvent<K>>;
  /** Opens `port`; rejects `not-found`, `access-denied`, `busy`, `timeout`, or with `signal.reason`. */
  open(port: Port<K>, options: OpenOptionsOf[K], signal?: AbortSignal): Promise<TransportOf[K]>;
  /**
   * Resets the whole thing behind `port`, as if it were plugged in again: transports of this bus on any of its functions end
   * as `lost`, and its ports stay attached unless it comes back as another thing. Rejects as {@link open} does. Absent where
   * the platform cannot. The manager calls it only while none of its functions is leased.
   */
  reset?(port: Port<K>, signal?: AbortSignal): Promise<void>;
  /** Browsers only: asks the person to choose a port; needs a user gesture. Undefined when nothing was chosen. */
  request?(matches: readonly PortMatch<K>[]): Promise<Port<K> | undefined>;
}

/** A bus of any kind, with its kind and its ports still bound together. */
export type AnyBus = { readonly [K in BusKind]: Bus<K> }[BusKind];
