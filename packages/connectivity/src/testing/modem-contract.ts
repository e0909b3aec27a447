import { withDeadline } from '@buergerkoffer/core';
import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { take, takeUntil, timer } from 'rxjs';
import type { LinkState, Modem } from '../modem.js';
import { signalQuality } from '../quality/signal.js';

/** How long a link is looked at where nothing changes, in milliseconds. */
const WHILE_MS = 2_000;

/** What every modem promises. A SIM, or a network, is not needed. */
export const MODEM_CONTRACT: readonly ContractCase<Modem>[] = [
  ...deviceContract<Modem>('link', (modem) => modem.link()),
  {
    name: 'the first value is unknown and comes at once, before the modem was asked',
    run: (subject) =>
      withDevice(subject, async (modem) => {
        const [first] = await withDeadline('the first link state', 100, () => firstStates(modem, 1));
        expectThat(first?.state === 'unknown', `the first state is ${first?.state}`);
      }),
  },
  {
    name: 'the quality of a state is the class of its signal, and its numbers are possible',
    run: (subject) =>
      withDevice(subject, async (modem) => {
        for (const state of await statesForAWhile(modem)) expectPlausible(state);
      }),
  },
  {
    name: 'without an answer of the service the link is never online',
    run: (subject) =>
      withDevice(subject, async (modem) => {
        const states = await statesForAWhile(modem);
        expectThat(
          states.every(({ state }) => state !== 'online'),
          'the link is online although nobody asked the service',
        );
      }),
  },
  {
    name: 'identities of the device and of the subscriber are no part of what it says',
    run: (subject) =>
      withDevice(subject, async (modem) => {
        const said = JSON.stringify([modem.info, modem.capabilities, await statesForAWhile(modem)]);
        expectThat(!/\b\d{14,20}\b/.test(said), 'a number as long as an IMEI, IMSI or ICCID is shown');
      }),
  },
  {
    name: 'a modem that falls silent is a timeout',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (modem) => {
        subject.fault?.('link', { type: 'time-out' });
        await expectFailure(modem.link({ answerMs: 20 }), 'timeout');
      }),
  },
  {
    name: 'a modem that answers nonsense is a protocol error',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (modem) => {
        subject.fault?.('link', { type: 'stall' });
        await expectFailure(modem.link(), 'protocol');
      }),
  },
  {
    name: 'a modem that vanishes while it is watched is lost, and starts at unknown when it is back',
    needs: ['fault', 'unplug'],
    run: async (subject) => {
      await withDevice(subject, async (modem) => {
        subject.fault?.('link', { type: 'vanish' });
        await expectFailure(modem.link(), 'lost');
      });
      await subject.plug?.();
      await withDevice(subject, async (modem) => {
        const [first] = await firstStates(modem, 1);
        expectThat(first?.state === 'unknown', `the state after coming back is ${first?.state}`);
      });
    },
  },
];

/** What the modem says at first: five states, or fewer where the link does not change. */
function statesForAWhile(modem: Modem): Promise<readonly LinkState[]> {
  return collect(modem.link({ pollMs: 500 }).pipe(take(5), takeUntil(timer(WHILE_MS))));
}

function firstStates(modem: Modem, count: number): Promise<readonly LinkState[]> {
  return collect(modem.link().pipe(take(count)));
}

function expectPlausible(state: LinkState): void {
  if (state.state !== 'registered' && state.state !== 'attached' && state.state !== 'online') return;
  const { signal, quality } = state;
  expectThat(
    quality === signalQuality(signal),
    `a signal of class ${signalQuality(signal)} is called ${quality}`,
  );
  const { rsrpDbm, rsrqDb, rssiDbm } = signal;
  expectThat(rsrpDbm === 'unknown' || (rsrpDbm >= -156 && rsrpDbm <= -31), 'the RSRP is no RSRP in dBm');
  expectThat(rsrqDb === 'unknown' || (rsrqDb >= -43 && rsrqDb <= 20), 'the RSRQ is no RSRQ in dB');
  expectThat(rssiDbm === 'unknown' || (rssiDbm >= -120 && rssiDbm <= -20), 'the RSSI is no RSSI in dBm');
}
