/** How long things may take, in milliseconds. */
export interface Limits {
  /** What needs no answer of the hardware: an abort, a refusal. */
  readonly atOnceMs: number;
  /** `close()`, whatever is pending. Slow computers get no more: a close that waits for a read must show. */
  readonly closeMs: number;
  /** From the pulled plug until everybody has heard of it. */
  readonly lossMs: number;
  /** What must happen at some time. */
  readonly patienceMs: number;
  /** How long a thing is watched that must not happen. */
  readonly quietMs: number;
  /** A short deadline for calls that get no answer. */
  readonly shortMs: number;
}

/** The limits of a subject that is `slowness` times slower than ordinary hardware. */
export function limitsOf({ slowness = 1 }: { readonly slowness?: number }): Limits {
  return {
    atOnceMs: 100 * slowness,
    closeMs: 2_000,
    lossMs: 1_000 * slowness,
    patienceMs: 10_000 * slowness,
    quietMs: 50 * slowness,
    shortMs: 100 * slowness,
  };
}

/** How long reference hardware keeps a host waiting that is to wait, in milliseconds: longer than `close()` may take. */
export const HELD_MS = 4_000;
/** After this an answer is late, but not too late for a call that names no deadline, in milliseconds. */
export const LATE_MS = 1_500;
/** For calls that may take long and must be answered in the end: hardware that was held, megabytes on slow lines. */
export const PATIENT = { timeoutMs: 60_000 } as const;
