/** Where synthesis takes its chance from; the seeded `Random` of core's simulation is one. */
export interface RandomSource {
  /** Uniform in [0, 1). */
  next(): number;
  /** Normally distributed with mean 0 and standard deviation 1. */
  normal(): number;
  /** An independent source named `label`. */
  fork(label: string): RandomSource;
}

/** Uniform in [low, high). */
export function between(random: RandomSource, low: number, high: number): number {
  return low + (high - low) * random.next();
}
