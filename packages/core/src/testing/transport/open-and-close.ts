import type { BusKind } from '../../port.js';
import { expectThat } from '../contract.js';
import { begun, endsWith, keeps, refuses } from './expectations.js';
import { limitsOf } from './limits.js';
import { opened, openedSoon, referencePort, withTransport, closedAfter } from './reference-ports.js';
import type { TransportKit } from './transport-kit.js';
import type { TransportCase } from './transport-under-test.js';

/** How often a port is opened and closed again, one time directly after the other. */
const TIMES = 10;

/** What every transport promises from `open()` to `close()`. */
export function openAndClose<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: 'an attached port opens, answers, and ends as closed',
      run: async (subject) => {
        const { closeMs } = limitsOf(subject);
        const transport = await opened(subject);
        await closedAfter(subject, transport, () => kit.exchange(transport));
        const end = await keeps('ended after close()', closeMs, transport.ended);
        expectThat(end.reason === 'closed', `ended says ${end.reason} after close()`);
      },
    },
    {
      name: 'a port opens though nobody watches the bus any more',
      run: async (subject) => {
        const port = await referencePort(subject);
        const opening = subject.bus.open(port, subject.openOptions);
        const transport = await keeps('open()', limitsOf(subject).patienceMs, opening);
        await closedAfter(subject, transport, () => kit.exchange(transport));
      },
    },
    {
      name: 'closing twice is closing once',
      run: async (subject) => {
        const { closeMs } = limitsOf(subject);
        const transport = await opened(subject);
        const both = Promise.all([transport.close(), transport.close()]);
        await keeps('close() beside close()', closeMs, both);
        await keeps('close() after close()', closeMs, transport.close());
        const end = await keeps('ended', closeMs, transport.ended);
        expectThat(end.reason === 'closed', `ended says ${end.reason} after close()`);
      },
    },
    {
      name: 'a transport has not ended before it is closed',
      run: (subject) =>
        withTransport(subject, async (transport) => {
          await kit.exchange(transport);
          const end = await Promise.race([transport.ended, Promise.resolve('not yet')]);
          expectThat(end === 'not yet', 'ended has settled while the transport is open');
        }),
    },
    {
      name: 'every call after close() is refused as closed',
      run: async (subject) => {
        const { atOnceMs } = limitsOf(subject);
        const transport = await opened(subject);
        await closedAfter(subject, transport, () => kit.exchange(transport));
        for (const call of kit.calls(transport)) {
          await refuses(`${call.name} after close()`, atOnceMs, call.make(), 'closed');
        }
      },
    },
    {
      name: 'a port opens again directly after it was closed, many times',
      run: async (subject) => {
        const { patienceMs, closeMs } = limitsOf(subject);
        const port = await referencePort(subject);
        for (let time = 1; time <= TIMES; time += 1) {
          const opening = subject.bus.open(port, subject.openOptions);
          const transport = await keeps(`open() for the ${time}. time`, patienceMs, opening);
          await kit.exchange(transport);
          await keeps(`close() for the ${time}. time`, closeMs, transport.close());
        }
      },
    },
    {
      name: 'an open that was aborted beforehand rejects with the reason and takes nothing',
      run: async (subject) => {
        const { atOnceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        const reason = new Error('not wanted any more');
        const opening = subject.bus.open(port, subject.openOptions, AbortSignal.abort(reason));
        await endsWith('the aborted open()', atOnceMs, opening, reason);
        await withTransport(subject, (transport) => kit.exchange(transport));
      },
    },
    {
      name: 'an open that is aborted on the way rejects with the reason, and the port can be had soon',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        const reason = new Error('not wanted any more');
        const controller = new AbortController();
        const opening = begun(subject.bus.open(port, subject.openOptions, controller.signal));
        controller.abort(reason);
        await endsWith('the aborted open()', patienceMs, opening, reason);
        const transport = await openedSoon(subject, 'busy');
        await closedAfter(subject, transport, () => kit.exchange(transport));
      },
    },
  ];
}

/** What ports promise that one at a time can have open. */
export function exclusiveUse<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: 'a port that is open is busy, which disturbs nobody, and free after close()',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        await withTransport(subject, async (transport) => {
          const second = subject.bus.open(port, subject.openOptions);
          await refuses('a second open()', patienceMs, second, 'busy');
          await kit.exchange(transport);
        });
        await withTransport(subject, (transport) => kit.exchange(transport));
      },
    },
  ];
}
