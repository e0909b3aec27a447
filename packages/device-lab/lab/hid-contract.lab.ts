import { hidBus } from '@buergerkoffer/core/node';
import {
  hidContract,
  hidReferenceRole,
  type HidReferenceModel,
  type TransportCase,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { hidAsUsb, referenceHid, type VirtualHidDevice } from '@buergerkoffer/device-lab';
import { attachUhid, attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd', 'usbhid', 'uhid'] } satisfies LabNeeds;

/** Two devices of one model, attached by `attach`. */
function subject(model: HidReferenceModel, attach: (device: VirtualHidDevice) => Promise<Attached>) {
  return async ({ needs: needed }: TransportCase<'hid'>): Promise<TransportUnderTest<'hid'>> => {
    const twin = needed?.includes('second') === true;
    const second = twin ? await attach(referenceHid(model, 'second')) : undefined;
    let first = await attach(referenceHid(model));
    return {
      bus: hidBus(),
      openOptions: {},
      roleOf: (port) => hidReferenceRole(model, port),
      unplug: () => first.unplug(),
      plug: async () => {
        first = await attach(referenceHid(model));
      },
      leaks: resourcesLeft,
      slowness: EMULATED,
      release: async () => {
        await first.unplug();
        await second?.unplug();
      },
    };
  };
}

const behindUsb = (device: VirtualHidDevice): Promise<Attached> => attachVhci(hidAsUsb(device));
contractTests('hid behind usb', hidContract('plain'), subject('plain', behindUsb));
contractTests(
  'hid through uhid',
  hidContract('numbered'),
  subject('numbered', (device) => attachUhid(device)),
);
