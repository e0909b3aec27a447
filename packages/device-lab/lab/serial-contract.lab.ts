import { serialBus } from '@buergerkoffer/core/node';
import { serialContract, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { lineAsCdcAcm, referenceLine } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd', 'cdc-acm'] } satisfies LabNeeds;

const SERIAL = { first: 'LINE1', second: 'LINE2' } as const;

contractTests(
  'serial',
  serialContract(),
  async ({ needs: needed }): Promise<TransportUnderTest<'serial'>> => {
    const attach = (role: keyof typeof SERIAL) =>
      attachVhci(lineAsCdcAcm(referenceLine(), { serialNumber: SERIAL[role] }));
    const twin = needed?.includes('second') === true;
    const second = twin ? await attach('second') : undefined;
    let first = await attach('first');
    return {
      bus: serialBus(),
      openOptions: { baudRate: 115_200 },
      roleOf: ({ serialNumber }) =>
        serialNumber === SERIAL.first ? 'first' : serialNumber === SERIAL.second ? 'second' : undefined,
      unplug: () => first.unplug(),
      plug: async () => {
        first = await attach('first');
      },
      leaks: resourcesLeft,
      slowness: EMULATED,
      release: async () => {
        await first.unplug();
        await second?.unplug();
      },
    };
  },
);
