/** What a modem measures of the radio signal; a number that it does not report is `unknown`. */
export interface Signal {
  /** Reference signal received power in dBm, about -140 (nothing) to -44 (beside the mast). */
  readonly rsrpDbm: number | 'unknown';
  /** Reference signal received quality in dB, about -20 to -3. */
  readonly rsrqDb: number | 'unknown';
  /** Received signal strength over the whole band in dBm, -113 to -51. */
  readonly rssiDbm: number | 'unknown';
}

/** Nothing measured. */
export const NO_SIGNAL: Signal = { rsrpDbm: 'unknown', rsrqDb: 'unknown', rssiDbm: 'unknown' };

/** Classes for people, best first; `unknown` when nothing was measured. */
export type SignalQuality = 'good' | 'fair' | 'poor' | 'none' | 'unknown';

/**
 * Least values of each class in dBm, and the RSRQ in dB below which a class is lowered by one. A convention
 * among modem makers, not a standard: 3GPP TS 27.007 defines the numbers, no classes.
 */
export const QUALITY_CLASSES = {
  rsrpDbm: { good: -90, fair: -105, poor: -115 },
  rssiDbm: { good: -75, fair: -89, poor: -103 },
  rsrqDb: -15,
} as const;

const ONE_LOWER = { good: 'fair', fair: 'poor', poor: 'none', none: 'none' } as const;

/** The class of `signal`: by RSRP, one lower when RSRQ is bad; by RSSI where there is no RSRP. */
export function signalQuality(signal: Signal): SignalQuality {
  if (signal.rsrpDbm !== 'unknown') {
    const byPower = classOf(signal.rsrpDbm, QUALITY_CLASSES.rsrpDbm);
    const noisy = signal.rsrqDb !== 'unknown' && signal.rsrqDb < QUALITY_CLASSES.rsrqDb;
    return noisy ? ONE_LOWER[byPower] : byPower;
  }
  return signal.rssiDbm === 'unknown' ? 'unknown' : classOf(signal.rssiDbm, QUALITY_CLASSES.rssiDbm);
}

/** How many readings {@link smoothSignal} looks at. */
export const SMOOTHED_READINGS = 3;

/**
 * The last three of `readings` (oldest first) as one: each number is the median of those that are known, so that
 * a single outlier changes nothing; of two it is their mean. A number is unknown when all three are.
 */
export function smoothSignal(readings: readonly Signal[]): Signal {
  const last = readings.slice(-SMOOTHED_READINGS);
  return {
    rsrpDbm: median(last.map((reading) => reading.rsrpDbm)),
    rsrqDb: median(last.map((reading) => reading.rsrqDb)),
    rssiDbm: median(last.map((reading) => reading.rssiDbm)),
  };
}

function classOf(
  dbm: number,
  least: { readonly good: number; readonly fair: number; readonly poor: number },
): keyof typeof ONE_LOWER {
  if (dbm >= least.good) return 'good';
  if (dbm >= least.fair) return 'fair';
  return dbm >= least.poor ? 'poor' : 'none';
}

function median(values: readonly (number | 'unknown')[]): number | 'unknown' {
  const known = values.filter((value) => value !== 'unknown').sort((a, b) => a - b);
  const low = known[Math.floor((known.length - 1) / 2)];
  const high = known[Math.floor(known.length / 2)];
  return low === undefined || high === undefined ? 'unknown' : (low + high) / 2;
}
