import { DeviceError } from '@buergerkoffer/core';
import { describe, expect, it } from 'vitest';
import { planScan, type ScannerCapabilities, type ScanSettings } from '../src/index.js';

const CAPABILITIES: ScannerCapabilities = {
  sources: ['platen', 'adf'],
  duplex: false,
  resolutionsPpi: [150, 300],
  colorModes: ['Grayscale8'],
  maxWidthMm: 215.9,
  maxHeightMm: 297,
};
const GOOD: ScanSettings = { source: 'platen', resolutionPpi: 300, colorMode: 'Grayscale8' };

describe('a scan plan', () => {
  it('fills in the whole page, one side and two minutes', () => {
    expect(planScan(CAPABILITIES, GOOD)).toEqual({
      ...GOOD,
      duplex: false,
      patienceMs: 120_000,
      area: { xMm: 0, yMm: 0, widthMm: 215.9, heightMm: 297 },
    });
  });

  it('forgives an area that is larger by the rounding to 1/300 inch', () => {
    const area = { xMm: 0, yMm: 0, widthMm: 216, heightMm: 297 };
    expect(planScan(CAPABILITIES, { ...GOOD, area }).area).toEqual(area);
  });

  const wrong: readonly (readonly [path: string, settings: Partial<ScanSettings>])[] = [
    ['resolutionPpi', { resolutionPpi: 299 }],
    ['colorMode', { colorMode: 'RGB24' }],
    ['duplex', { duplex: true, source: 'adf' }],
    ['patienceMs', { patienceMs: 1.5 }],
    ['area', { area: { xMm: 0, yMm: 0, widthMm: 0, heightMm: 10 } }],
    ['area', { area: { xMm: 200, yMm: 0, widthMm: 20, heightMm: 10 } }],
  ];
  it.each(wrong)('names %s when it does not fit', (path, settings) => {
    expect(() => planScan(CAPABILITIES, { ...GOOD, ...settings })).toThrow(
      expect.objectContaining({ code: 'invalid-request', path }) as DeviceError,
    );
  });

  it('refuses both sides on the glass', () => {
    const settings: ScanSettings = { ...GOOD, duplex: true };
    expect(() => planScan({ ...CAPABILITIES, duplex: true }, settings)).toThrow(/feeder/);
  });
});
