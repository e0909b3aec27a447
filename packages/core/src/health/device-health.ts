import { defer, map, startWith, Subject, type Observable } from 'rxjs';
import type { Candidate } from '../candidate.js';
import type { Clock } from '../clock.js';
import { coalesce } from '../coalesce.js';
import type { DeviceInfo } from '../device.js';
import { DeviceMeter, type TransportHealth } from './meter.js';
import type { LastError, OperationHealth } from './operation-counts.js';

/** Whether a device is there; times in milliseconds since 1970. */
export type Presence =
  | { readonly state: 'attached'; readonly sinceMs: number }
  | { readonly state: 'gone'; readonly lastSeenMs: number };

/** How one device does, for a screen or a support ticket. Holds counts, codes and times, nothing that travelled. */
export interface DeviceHealth {
  /** Id of the candidate. */
  readonly id: string;
  /** Id of its kind. */
  readonly kind: string;
  readonly info: DeviceInfo;
  readonly presence: Presence;
  /** When it was opened or used last; absent before the first time. */
  readonly lastUsedMs?: number;
  readonly openings: OperationHealth;
  /** Operations on all its transports; nothing is counted where a source opens devices by itself. */
  readonly operations: OperationHealth;
  readonly lastError?: LastError;
  /** The same for each port that was used. */
  readonly transports: readonly TransportHealth[];
}

/** How many devices that have gone are remembered. */
const MAX_GONE = 100;

interface Entry {
  readonly meter: DeviceMeter;
  candidate: Candidate;
  presence: Presence;
}

/** How all devices do that were ever seen, as far as they are remembered. */
export class HealthBook {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();
  readonly #changes = new Subject<void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The meter of a device. */
  meterOf(candidate: Candidate): DeviceMeter {
    return this.#entryOf(candidate).meter;
  }

  /** Takes the list of what is attached now. */
  seen(candidates: readonly Candidate[]): void {
    const now = this.#clock.now();
    const attached = new Set(candidates.map(({ id }) => id));
    for (const candidate of candidates) {
      const entry = this.#entryOf(candidate);
      entry.candidate = candidate;
      if (entry.presence.state === 'gone') entry.presence = { state: 'attached', sinceMs: now };
    }
    for (const [id, entry] of this.#entries) {
      if (entry.presence.state === 'gone' || attached.has(id)) continue;
      entry.presence = { state: 'gone', lastSeenMs: now };
      // Those that went last stand last: the others are forgotten first.
      this.#entries.delete(id);
      this.#entries.set(id, entry);
    }
    const gone = [...this.#entries].filter(([, { presence }]) => presence.state === 'gone');
    for (const [id] of gone.slice(0, Math.max(0, gone.length - MAX_GONE))) this.#entries.delete(id);
    this.#changes.next();
  }

  /** The whole book in the order of the ids, at once, then at most every `everyMs` milliseconds while something changes in it. */
  watch(everyMs: number): Observable<readonly DeviceHealth[]> {
    return defer(() =>
      this.#changes.pipe(
        startWith(undefined),
        coalesce({ burst: 1, everyMs }),
        map(() => [...this.#entries.values()].map(healthOf).sort((a, b) => a.id.localeCompare(b.id))),
      ),
    );
  }

  #entryOf(candidate: Candidate): Entry {
    const known = this.#entries.get(candidate.id);
    if (known !== undefined) return known;
    const meter = new DeviceMeter(this.#clock, () => {
      this.#changes.next();
    });
    const entry: Entry = {
      meter,
      candidate,
      presence: { state: 'attached', sinceMs: this.#clock.now() },
    };
    this.#entries.set(candidate.id, entry);
    return entry;
  }
}

function healthOf({ meter, candidate, presence }: Entry): DeviceHealth {
  const { lastUsedMs, lastError } = meter;
  return {
    id: candidate.id,
    kind: candidate.kind.id,
    info: candidate.info,
    presence,
    ...(lastUsedMs === undefined ? {} : { lastUsedMs }),
    openings: meter.openings.snapshot(),
    operations: meter.operations.snapshot(),
    ...(lastError === undefined ? {} : { lastError }),
    transports: meter.transports,
  };
}
