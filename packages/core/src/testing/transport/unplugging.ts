import { delay } from '../../deadline.js';
import type { BusKind } from '../../port.js';
import type { TransportBase, TransportOf } from '../../transport.js';
import { expectThat } from '../contract.js';
import { begun, describe, keeps, refuses } from './expectations.js';
import { limitsOf } from './limits.js';
import { opened, openedSoon, referencePort, closedAfter, withTransport } from './reference-ports.js';
import type { Mark, TransportKit } from './transport-kit.js';
import type { TransportCase, TransportUnderTest } from './transport-under-test.js';

/** What every transport promises when the plug is pulled, at whatever moment. */
export function unplugging<K extends BusKind>(kit: TransportKit<K>): readonly TransportCase<K>[] {
  return [
    {
      name: 'a device that is unplugged while nothing happens is lost',
      needs: ['unplug'],
      run: async (subject) => {
        const transport = await opened(subject);
        await kit.exchange(transport);
        await subject.unplug?.();
        await hearsOfTheLoss(subject, transport);
      },
    },
    {
      name: 'closing what was lost resolves, and it stays lost',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, closeMs } = limitsOf(subject);
        const transport = await opened(subject);
        await subject.unplug?.();
        await hearsOfTheLoss(subject, transport);
        await keeps('close() after the loss', closeMs, transport.close());
        await keeps('close() after close()', closeMs, transport.close());
        const end = await keeps('ended', atOnceMs, transport.ended);
        expectThat(end.reason === 'lost', `ended says ${end.reason} after a loss and close()`);
        for (const later of kit.calls(transport)) {
          await refuses(`${later.name} after the loss`, atOnceMs, later.make(), 'lost');
        }
      },
    },
    {
      name: 'what was closed stays closed when the plug is pulled later',
      needs: ['unplug'],
      run: async (subject) => {
        const { atOnceMs, quietMs } = limitsOf(subject);
        const transport = await opened(subject);
        await closedAfter(subject, transport, () => kit.exchange(transport));
        await subject.unplug?.();
        await delay(quietMs);
        const end = await keeps('ended', atOnceMs, transport.ended);
        expectThat(end.reason === 'closed', `ended says ${end.reason} after close() and a pulled plug`);
        for (const later of kit.calls(transport)) {
          await refuses(`${later.name} after close()`, atOnceMs, later.make(), 'closed');
        }
      },
    },
    {
      name: 'a device that is unplugged while it is opened is refused, or opens and is lost',
      needs: ['unplug'],
      run: async (subject) => {
        const { lossMs, patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        const opening = begun(subject.bus.open(port, subject.openOptions));
        await subject.unplug?.();
        const opens = opening.then(
          (transport) => transport,
          () => undefined,
        );
        const transport = await keeps('open() settles', patienceMs, opens);
        if (transport === undefined) await refuses('open()', lossMs, opening, 'lost', 'not-found');
        else await hearsOfTheLoss(subject, transport);
      },
    },
    {
      name: 'a device that is plugged in again opens and answers',
      needs: ['replug'],
      run: async (subject) => {
        const before = await opened(subject);
        await kit.exchange(before);
        await subject.unplug?.();
        await hearsOfTheLoss(subject, before);
        await subject.plug?.();
        const after = await openedSoon(subject, 'gone');
        await closedAfter(subject, after, () => kit.exchange(after));
        const end = await keeps('ended of the lost transport', limitsOf(subject).atOnceMs, before.ended);
        expectThat(end.reason === 'lost', `the lost transport says ${end.reason} after its device came back`);
      },
    },
    {
      name: 'a port that has vanished is not found',
      needs: ['unplug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        await subject.unplug?.();
        const opening = subject.bus.open(port, subject.openOptions);
        await refuses('open() of a vanished port', patienceMs, opening, 'not-found');
      },
    },
  ];
}

/** What two devices of one model promise, by the number that is left with each of them. */
export function twins<K extends BusKind>(mark: Mark<K>): readonly TransportCase<K>[] {
  return [
    {
      name: 'two devices of one model are told apart',
      needs: ['second'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const [first, second] = [await referencePort(subject), await referencePort(subject, 'second')];
        expectThat(first.id !== second.id, 'two devices have ports with one id');
        expectThat(first.path !== second.path, 'two devices have ports with one path');
        expectThat(first.physical !== second.physical, 'two devices are said to be one physical thing');
        await withTransport(subject, async (one) => {
          await withTransport(
            subject,
            async (other) => {
              await keeps('the first device is marked', patienceMs, mark.set(one, 1));
              await keeps('the second device is marked', patienceMs, mark.set(other, 2));
              const marks = [
                await keeps('the mark of the first', patienceMs, mark.get(one)),
                await keeps('the mark of the second', patienceMs, mark.get(other)),
              ];
              expectThat(marks[0] === 1 && marks[1] === 2, `the marks 1, 2 come back as ${marks.join(', ')}`);
            },
            'second',
          );
        });
      },
    },
    {
      name: 'the loss of one device does not disturb its twin',
      needs: ['second', 'unplug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const transport = await opened(subject);
        await withTransport(
          subject,
          async (other) => {
            await subject.unplug?.();
            await hearsOfTheLoss(subject, transport);
            await keeps('the second device is marked', patienceMs, mark.set(other, 2));
            const left = await keeps('the mark of the second', patienceMs, mark.get(other));
            expectThat(left === 2, `the mark 2 comes back as ${left}`);
          },
          'second',
        );
      },
    },
  ];
}

/** `ended` says lost, with an error that says so, in time; the transport is closed then. */
export async function hearsOfTheLoss<K extends BusKind>(
  subject: TransportUnderTest<K>,
  transport: TransportOf[K] | TransportBase,
): Promise<void> {
  const { lossMs, closeMs } = limitsOf(subject);
  const end = await keeps('ended after the plug was pulled', lossMs, transport.ended);
  expectThat(end.reason === 'lost', `ended says ${end.reason} after the plug was pulled`);
  expectThat(end.error.code === 'lost', `ended tells a loss with ${describe(end.error)}`);
  await keeps('close() after the loss', closeMs, transport.close());
}
