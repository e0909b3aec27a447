import { serialBus } from '@buergerkoffer/core/node';
import { serialContract, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { lineAsCdcAcm, referenceLine } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import { KeptPair } from './support/kept-pair.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd', 'cdc-acm'] } satisfies LabNeeds;

const SERIAL = { first: 'LINE1', second: 'LINE2' } as const;

const pair = new KeptPair((role) =>
  attachVhci(lineAsCdcAcm(referenceLine(), { serialNumber: SERIAL[role] })),
);

contractTests(
  'serial',
  serialContract(),
  async (one): Promise<TransportUnderTest<'serial'>> => ({
    ...(await pair.for(one)),
    bus: serialBus(),
    openOptions: { baudRate: 115_200 },
    roleOf: ({ serialNumber }) =>
      serialNumber === SERIAL.first ? 'first' : serialNumber === SERIAL.second ? 'second' : undefined,
    leaks: resourcesLeft,
    slowness: EMULATED,
  }),
  () => pair.end(),
);
