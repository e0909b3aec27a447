import { describe, expect, it } from 'vitest';
import { NO_SIGNAL, signalQuality, smoothSignal, type Signal } from '@buergerkoffer/connectivity';

const power = (rsrpDbm: number | 'unknown', rsrqDb: number | 'unknown' = 'unknown'): Signal => ({
  ...NO_SIGNAL,
  rsrpDbm,
  rsrqDb,
});

describe('signalQuality', () => {
  it.each([
    [-90, 'good'],
    [-91, 'fair'],
    [-105, 'fair'],
    [-106, 'poor'],
    [-115, 'poor'],
    [-116, 'none'],
  ])('calls an RSRP of %i dBm %s', (rsrp, quality) => {
    expect(signalQuality(power(rsrp))).toBe(quality);
  });

  it('lowers by one class when the RSRQ is below -15 dB, and not at it', () => {
    expect(signalQuality(power(-80, -15.5))).toBe('fair');
    expect(signalQuality(power(-80, -15))).toBe('good');
    expect(signalQuality(power(-130, -19))).toBe('none');
  });

  it('falls back on RSSI, and says unknown without any number', () => {
    const classes = [-75, -89, -103, -105].map((rssiDbm) => signalQuality({ ...NO_SIGNAL, rssiDbm }));
    expect(classes).toEqual(['good', 'fair', 'poor', 'none']);
    expect(signalQuality(NO_SIGNAL)).toBe('unknown');
  });
});

describe('smoothSignal', () => {
  it('is not moved by one outlier', () => {
    expect(smoothSignal([power(-90), power(-140), power(-92)]).rsrpDbm).toBe(-92);
  });

  it('looks at the last three readings only', () => {
    expect(smoothSignal([power(-50), power(-100), power(-101), power(-102)]).rsrpDbm).toBe(-101);
  });

  it('is the mean of two, and skips what is unknown', () => {
    expect(smoothSignal([power(-90), power(-93)]).rsrpDbm).toBe(-91.5);
    expect(smoothSignal([power('unknown'), power(-93)]).rsrpDbm).toBe(-93);
    expect(smoothSignal([]).rsrpDbm).toBe('unknown');
  });
});
