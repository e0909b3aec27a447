import type { Signal } from '../quality/signal.js';

/** One moment of a signal curve: what is measured, or a place without network. */
export type SignalSample = Signal | 'no-network';

/** RSRP in dBm along the drive at equal distances: town, edge of town, village, dead valley, and back. */
const WAYPOINTS = [-78, -84, -93, -101, -109, -118, -128, -126, -112, -100, -92, -83] as const;

/** Below this RSRP in dBm the modem of this drive has no cell left. */
const CELL_EDGE_DBM = -121;

/**
 * A drive from a town through a village in a valley and back, as `samples` (12 or more) measurements. `normal` yields numbers with mean 0
 * and standard deviation 1: shadow fading of about 1.5 dB. RSRQ and RSSI follow RSRP; all are in the steps that a modem reports.
 */
export function villageDrive(normal: () => number, samples = 48): readonly SignalSample[] {
  const length = Math.max(WAYPOINTS.length, samples);
  return Array.from({ length }, (_, index) =>
    sampleAt(rsrpAlong(index / (length - 1)) + 1.5 * normal(), normal()),
  );
}

function rsrpAlong(way: number): number {
  const at = way * (WAYPOINTS.length - 1);
  const before = WAYPOINTS[Math.floor(at)] ?? WAYPOINTS[0];
  const after = WAYPOINTS[Math.ceil(at)] ?? before;
  return before + (after - before) * (at - Math.floor(at));
}

function sampleAt(rsrp: number, noise: number): SignalSample {
  if (rsrp < CELL_EDGE_DBM) return 'no-network';
  const rsrqDb = clamp(-9 - (-85 - rsrp) / 6 + 0.5 * noise, -20, -3);
  return {
    rsrpDbm: Math.round(clamp(rsrp, -140, -44)),
    rsrqDb: Math.round(rsrqDb * 2) / 2,
    rssiDbm: clamp(2 * Math.round((rsrp + 24) / 2) + 1, -113, -51),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
