import { describe, it } from 'vitest';
import {
  busContract,
  cardContract,
  hotPlugContract,
  runTransportCase,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { pcscBusOn } from '../../../src/node/pcsc/pcsc-bus.js';
import { FakePcscd } from '../../support/fake-pcscd.js';
import { referenceCardAnswers } from '../../support/reference-card-answers.js';

/** Two readers of a service of this test. */
async function subject(): Promise<TransportUnderTest<'pcsc'>> {
  const service = new FakePcscd();
  await service.start();
  let isCardIn = false;
  const plug = () => {
    const reader = service.plug('first 00 00');
    reader.answer = referenceCardAnswers();
    if (isCardIn) reader.insert();
    return reader;
  };
  let first = plug();
  service.plug('second 01 00');
  const busAt = (socket: string) =>
    pcscBusOn({ sysfs: '/nowhere', socket, againMs: 50, listMs: 1_000, openMs: 500 });
  return {
    bus: busAt(service.path),
    openOptions: {},
    roleOf: ({ reader }) => (reader.startsWith('first') ? 'first' : 'second'),
    unplug: () => {
      service.unplug(first);
    },
    plug: () => {
      first = plug();
    },
    insertCard: () => {
      isCardIn = true;
      first.insert();
    },
    removeCard: () => {
      isCardIn = false;
      first.remove();
    },
    absentBus: () => busAt('/nowhere/pcscd.comm'),
    lacks: { leaks: 'the cases run beside one another; the lab counts' },
    slowness: 5,
    release: () => service.remove(),
  };
}

const SUITE = [...busContract<'pcsc'>(), ...hotPlugContract<'pcsc'>(), ...cardContract()];

describe('the readers of a PC/SC service of this process', () => {
  it.concurrent.for(SUITE.map((one) => [one.name, one] as const))(
    '%s',
    { timeout: 60_000 },
    async ([, one], { skip }) => {
      const result = await runTransportCase(one, subject);
      if (result.outcome === 'skipped') skip(result.reason);
      if (result.outcome === 'broken') throw result.error;
    },
  );
});
