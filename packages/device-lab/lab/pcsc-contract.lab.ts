import { after, before } from 'node:test';
import { busContract, cardContract, hotPlugContract } from '@buergerkoffer/core/testing';
import { contractTests } from './support/contract-tests.js';
import { needsPlug, pcscSubject, unplugReaders } from './support/pcsc-subject.js';
import { Pcscd } from './support/pcscd.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Debian's pcscd and libccid with readers of ours. */
export const needs = {
  long: true,
  modules: ['vhci-hcd'],
  packages: ['pcscd', 'libccid'],
} satisfies LabNeeds;

const pcscd = new Pcscd();
before(() => pcscd.start());
after(async () => {
  await unplugReaders();
  await pcscd.kill();
});

/** Those with a plug to pull come last: until then the readers stay where they are, and pcscd need not set them up again. */
const cases = cardContract();
contractTests(
  'pcsc',
  [...cases.filter((each) => !needsPlug(each.needs)), ...cases.filter((each) => needsPlug(each.needs))],
  pcscSubject,
);
contractTests('pcsc bus', [...busContract<'pcsc'>(), ...hotPlugContract<'pcsc'>()], pcscSubject);
