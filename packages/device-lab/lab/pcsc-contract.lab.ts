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

/** Those with a plug to pull are in a file of their own: a file has three minutes. */
const staying = cardContract().filter((one) => !needsPlug(one.needs));
contractTests('pcsc', staying, pcscSubject);
