/** How long operations took, in milliseconds, over the last of them. */
export interface Latency {
  readonly medianMs: number;
  /** Nineteen of twenty were at least this fast. */
  readonly p95Ms: number;
  /** How many operations this is taken from, 1 to 256. */
  readonly samples: number;
}

/** How many durations are kept. */
const WINDOW = 256;

/** The durations of the last 256 operations; adding one costs nothing, sorting happens when somebody looks. */
export class LatencyWindow {
  readonly #durationsMs = new Float64Array(WINDOW);
  #added = 0;

  /** Adds the duration of one operation in milliseconds; the oldest one beyond 256 is forgotten. */
  add(durationMs: number): void {
    this.#durationsMs[this.#added % WINDOW] = durationMs;
    this.#added += 1;
  }

  /** Median and 95th percentile (nearest rank); undefined before the first operation. */
  summary(): Latency | undefined {
    const samples = Math.min(this.#added, WINDOW);
    const sorted = this.#durationsMs.slice(0, samples).sort();
    const rank = (share: number): number | undefined => sorted[Math.ceil(share * samples) - 1];
    const medianMs = rank(0.5);
    const p95Ms = rank(0.95);
    return medianMs === undefined || p95Ms === undefined ? undefined : { medianMs, p95Ms, samples };
  }
}
