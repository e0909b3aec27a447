import { usbBus } from '@buergerkoffer/core/node';
import { usbContract, usbReferenceRole, type TransportUnderTest } from '@buergerkoffer/core/testing';
import { referenceUsb } from '@buergerkoffer/device-lab';
import { attachVhci } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd'] } satisfies LabNeeds;

contractTests('usb', usbContract(), async ({ needs: needed }): Promise<TransportUnderTest<'usb'>> => {
  const twin = needed?.includes('second') === true;
  const second = twin ? await attachVhci(referenceUsb({ role: 'second' })) : undefined;
  let first = await attachVhci(referenceUsb());
  return {
    bus: usbBus(),
    openOptions: {},
    roleOf: usbReferenceRole,
    unplug: () => first.unplug(),
    plug: async () => {
      first = await attachVhci(referenceUsb());
    },
    leaks: resourcesLeft,
    slowness: EMULATED,
    release: async () => {
      await first.unplug();
      await second?.unplug();
    },
  };
});
