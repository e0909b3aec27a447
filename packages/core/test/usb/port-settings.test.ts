import { describe, expect, it } from 'vitest';
import { portSettings } from '@buergerkoffer/core';

const setting = (interfaceNumber: number, alternateSetting: number, ...triple: [number, number, number]) => ({
  interfaceNumber,
  alternateSetting,
  interfaceClass: triple[0],
  interfaceSubclass: triple[1],
  interfaceProtocol: triple[2],
});
const named = (settings: Parameters<typeof portSettings>[0]) =>
  portSettings(settings).map(
    ({ setting: { interfaceNumber, alternateSetting }, isFirst }) =>
      `${interfaceNumber}.${alternateSetting}${isFirst ? '' : ' beside the first'}`,
  );

describe('the settings that are ports', () => {
  it('are one for each interface whose settings are of one class, as those of cameras are', () => {
    expect(named([0, 1, 2].map((n) => setting(3, n, 14, 2, 0)))).toEqual(['3.0']);
  });

  it('are the lowest of each interface, in the order of the device', () => {
    expect(named([setting(1, 2, 8, 6, 80), setting(1, 1, 8, 6, 80), setting(0, 0, 3, 0, 0)])).toEqual([
      '1.1',
      '0.0',
    ]);
  });

  it('are also the lowest of each other class, in front, as in printers with IPP over USB', () => {
    const printer = [
      ...[
        setting(0, 0, 255, 255, 255),
        setting(1, 0, 7, 1, 2),
        setting(1, 1, 7, 1, 4),
        setting(1, 2, 7, 1, 4),
      ],
      ...[setting(3, 0, 255, 1, 0), setting(3, 1, 7, 1, 4)],
    ];
    expect(named(printer)).toEqual(['1.1 beside the first', '3.1 beside the first', '0.0', '1.0', '3.0']);
  });
});
