import { usbBus } from '@buergerkoffer/core/node';
import { usbContract, usbReferenceRole, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { referenceUsb } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED } from './support/contract-tests.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { modules: ['vhci-hcd'] } satisfies LabNeeds;

contractTests('usb', usbContract(), async (): Promise<TransportUnderTest<'usb'>> => {
  const second = await attachVhci(referenceUsb({ speed: 'high', role: 'second' }));
  let first = await attachVhci(referenceUsb({ speed: 'high' }));
  return {
    bus: usbBus(),
    openOptions: {},
    roleOf: usbReferenceRole,
    unplug: () => first.unplug(),
    plug: async () => {
      first = await attachVhci(referenceUsb({ speed: 'high' }));
    },
    slowness: EMULATED,
    release: async () => {
      await first.unplug();
      await second.unplug();
    },
  };
});
