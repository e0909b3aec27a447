import { hidBus } from '@buergerkoffer/core/node';
import {
  hidContract,
  hidReferenceRole,
  type HidReferenceModel,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { hidAsUsb, referenceHid, type VirtualHidDevice } from '@buergerkoffer/device-lab';
import { attachUhid, attachVhci, type Attached } from '@buergerkoffer/device-lab/node';
import { contractTests, EMULATED, resourcesLeft } from './support/contract-tests.js';
import { KeptPair } from './support/kept-pair.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

export const needs = { long: true, modules: ['vhci-hcd', 'usbhid', 'uhid'] } satisfies LabNeeds;

/** The suite on two devices of one model, attached by `attach`. */
function suite(
  title: string,
  model: HidReferenceModel,
  attach: (device: VirtualHidDevice) => Promise<Attached>,
): void {
  const pair = new KeptPair((role) => attach(referenceHid(model, role)));
  contractTests(
    title,
    hidContract(model),
    async (one): Promise<TransportUnderTest<'hid'>> => ({
      ...(await pair.for(one)),
      bus: hidBus(),
      openOptions: {},
      roleOf: (port) => hidReferenceRole(model, port),
      leaks: resourcesLeft,
      slowness: EMULATED,
    }),
    () => pair.end(),
  );
}

suite('hid behind usb', 'plain', (device) => attachVhci(hidAsUsb(device)));
suite('hid through uhid', 'numbered', (device) => attachUhid(device));
