import { after, before } from 'node:test';
import { cardContract } from '@buergerkoffer/core/testing';
import { contractTests } from './support/contract-tests.js';
import { needsPlug, pcscSubject, unplugReaders } from './support/pcsc-subject.js';
import { Pcscd } from './support/pcscd.js';
import type { LabNeeds } from '@buergerkoffer/device-lab/node/lab';

/** Debian's pcscd and libccid with readers of ours. */
export const needs = { modules: ['vhci-hcd'], packages: ['pcscd', 'libccid'] } satisfies LabNeeds;

const pcscd = new Pcscd();
before(() => pcscd.start());
after(async () => {
  await unplugReaders();
  await pcscd.kill();
});

/** The others are in `pcsc-contract.lab.ts`. */
const unplugged = cardContract().filter((one) => needsPlug(one.needs));
contractTests('pcsc', unplugged, pcscSubject);
