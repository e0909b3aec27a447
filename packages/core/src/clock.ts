/** Where times come from; tests and replays bring their own. */
export interface Clock {
  /** The time of day, in milliseconds since 1970. May jump: somebody sets the clock. */
  now(): number;
  /** A time that never jumps, for durations, in milliseconds since whenever; with fractions. */
  elapsed(): number;
}

/** The computer's own clocks. */
export const SYSTEM_CLOCK: Clock = { now: () => Date.now(), elapsed: () => performance.now() };
