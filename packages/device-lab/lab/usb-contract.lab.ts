import { usbBus } from '@buergerkoffer/core/node';
import { usbContract, usbReferenceRole, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { referenceUsb } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import { KeptPair } from './support/kept-pair.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd'] } satisfies LabNeeds;

const pair = new KeptPair((role) => attachVhci(referenceUsb({ role })));

contractTests(
  'usb',
  usbContract(),
  async (one): Promise<TransportUnderTest<'usb'>> => ({
    ...(await pair.for(one)),
    bus: usbBus(),
    openOptions: {},
    roleOf: usbReferenceRole,
    leaks: resourcesLeft,
    slowness: EMULATED,
  }),
  () => pair.end(),
);
