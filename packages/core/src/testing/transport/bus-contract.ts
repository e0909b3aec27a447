import type { BusKind, Port } from '../../port.js';
import type { Bus, PortEvent } from '../../bus.js';
import { delay } from '../../deadline.js';
import { expectThat } from '../contract.js';
import { BusWatch } from './bus-watch.js';
import { keeps, refuses } from './expectations.js';
import { leavesNothing } from './leaving-nothing.js';
import { limitsOf } from './limits.js';
import { referencePort } from './reference-ports.js';
import type { TransportCase } from './transport-under-test.js';

/** What every bus promises whoever watches it. */
export function busContract<K extends BusKind>(): readonly TransportCase<K>[] {
  return [
    {
      name: 'a watcher is told what is attached, each port once, then that the list is complete',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        await watching(subject.bus, async (watch) => {
          await watch.listed(patienceMs);
          const types = watch.events.map(({ type }) => type).filter((type) => type !== 'diagnostics');
          expectThat(
            types.every((type, at) => type === (at < types.length - 1 ? 'attached' : 'listed')),
            `the first events are ${types.join(' ')}`,
          );
          expectThat(watch.ids.length === types.length - 1, 'a port was told twice');
          expectThat(
            watch.ids.includes(port.id),
            'the port of the reference device is not in the first list',
          );
        });
      },
    },
    {
      name: 'a port says what bus it is on, where it is, and nothing that could not travel to a worker',
      run: async (subject) => {
        const port = await referencePort(subject);
        expectThat(port.bus === subject.bus.kind, `a port of ${subject.bus.kind} says ${port.bus}`);
        for (const field of ['id', 'path', 'physical'] as const) {
          expectThat(port[field] !== '', `the ${field} of a port is empty`);
        }
        const copy = structuredClone(port);
        expectThat(JSON.stringify(copy) === JSON.stringify(port), 'a port changes when it is cloned');
        const undefinedField = Object.entries(port).find(([, value]) => value === undefined);
        expectThat(undefinedField === undefined, `the port says ${undefinedField?.[0] ?? ''}: undefined`);
      },
    },
    {
      name: 'whoever comes later is told the same, and one who leaves takes nothing from the others',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        await watching(subject.bus, async (first) => {
          await first.listed(patienceMs);
          const second = new BusWatch(subject.bus);
          await second.listed(patienceMs);
          expectThat(sameList(second.ids, first.ids), 'two watchers are told of different ports');
          second.stop();
          const told = second.events.length;
          const third = new BusWatch(subject.bus);
          await third.listed(patienceMs);
          third.stop();
          expectThat(second.events.length === told, 'somebody who has left is told more');
          expectThat(sameList(first.ids, third.ids), 'two watchers are told of different ports');
        });
      },
    },
    {
      name: 'watching may end in the middle of the first list, and begin again',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        for (let time = 0; time < 3; time += 1) new BusWatch(subject.bus).stop();
        await watching(subject.bus, async (watch) => {
          await watch.listed(patienceMs);
          expectThat(
            watch.ports.some((port) => subject.roleOf(port) === 'first'),
            'the port of the reference device is missing after the watch began again',
          );
        });
      },
    },
    {
      name: 'a port keeps its id while it is attached',
      run: async (subject) => {
        const first = await referencePort(subject);
        const second = await referencePort(subject);
        expectThat(first.id === second.id, 'a port has another id though nothing was plugged');
      },
    },
    {
      name: 'a bus whose library or service is missing is an empty list with a diagnostic, never an error',
      needs: ['absent-bus'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const bus = subject.absentBus?.();
        if (bus === undefined) return;
        await watching(bus, async (watch) => {
          await watch.listed(patienceMs);
          await watch.sees('a diagnostic', patienceMs, () => watch.diagnostics.length > 0);
          expectThat(watch.ports.length === 0, 'a bus that is not there lists ports');
          for (const { code, message, remedy } of watch.diagnostics) {
            expectThat(code.startsWith(`${bus.kind}.`), `the diagnostic ${code} does not name its bus`);
            expectThat(message !== '' && remedy !== '', `the diagnostic ${code} says nothing, or no remedy`);
          }
        });
        const port = await referencePort(subject);
        await refuses(
          'open() on a bus that is not there',
          patienceMs,
          bus.open(port, subject.openOptions),
          'not-found',
          'unsupported',
        );
      },
    },
    {
      name: 'nothing is left when the last watcher has gone',
      needs: ['leaks'],
      run: (subject) =>
        leavesNothing(subject, async () => {
          const { patienceMs } = limitsOf(subject);
          const watches = [new BusWatch(subject.bus), new BusWatch(subject.bus)];
          for (const watch of watches) await watch.listed(patienceMs);
          for (const watch of watches) watch.stop();
        }),
    },
  ];
}

/** What a bus promises on which things come and go: usb, hid, serial and pcsc. */
export function hotPlugContract<K extends BusKind>(): readonly TransportCase<K>[] {
  return [
    {
      name: 'a port that never was there is not found',
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        const nowhere = {
          ...port,
          id: `${port.id}-nowhere`,
          path: `${port.path}-nowhere`,
          ...('reader' in port ? { reader: `${port.reader}-nowhere` } : {}),
        };
        await refuses('open()', patienceMs, subject.bus.open(nowhere, subject.openOptions), 'not-found');
      },
    },
    {
      name: 'every watcher hears of a plug that is pulled, and of one that is put in',
      needs: ['replug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        await watching(subject.bus, async (one) => {
          await watching(subject.bus, async (other) => {
            for (const watch of [one, other]) await watch.listed(patienceMs);
            await subject.unplug?.();
            for (const watch of [one, other]) {
              await watch.sees('the port is detached', patienceMs, isDetached(port));
              expectThat(!watch.ids.includes(port.id), 'a port is detached and still there');
            }
            const told = [one.events.length, other.events.length];
            await subject.plug?.();
            for (const [at, watch] of [one, other].entries()) {
              const back = (): boolean =>
                watch.events
                  .slice(told[at])
                  .some((event) => event.type === 'attached' && subject.roleOf(event.port) === 'first');
              await watch.sees('the port is attached again', patienceMs, back);
            }
          });
        });
      },
    },
    {
      name: 'what was plugged while nobody watched is in the next list, what was unplugged is not',
      needs: ['replug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        const port = await referencePort(subject);
        await subject.unplug?.();
        await delay(limitsOf(subject).lossMs);
        await watching(subject.bus, async (watch) => {
          await watch.listed(patienceMs);
          expectThat(!watch.ids.includes(port.id), 'a port that has gone is in a later list');
        });
        await subject.plug?.();
        await keeps('the port is attached again', patienceMs, referencePort(subject));
      },
    },
    {
      name: 'a plug that is pulled and put in many times ends attached, and each coming has its going',
      needs: ['replug'],
      run: async (subject) => {
        const { patienceMs } = limitsOf(subject);
        await watching(subject.bus, async (watch) => {
          await watch.listed(patienceMs);
          for (let time = 0; time < 3; time += 1) {
            await subject.unplug?.();
            await subject.plug?.();
          }
          const isThere = (): boolean => watch.ports.some((port) => subject.roleOf(port) === 'first');
          await delay(limitsOf(subject).lossMs);
          await watch.sees('the port is attached in the end', patienceMs, isThere);
          const there = new Set<string>();
          for (const event of watch.events) {
            if (event.type === 'attached') {
              expectThat(!there.has(event.port.id), 'a port is attached twice without going');
              there.add(event.port.id);
            } else if (event.type === 'detached') {
              expectThat(there.delete(event.port.id), 'a port goes that was not there');
            }
          }
        });
      },
    },
  ];
}

async function watching<K extends BusKind>(
  bus: Bus<K>,
  body: (watch: BusWatch<K>) => Promise<void>,
): Promise<void> {
  const watch = new BusWatch(bus);
  try {
    await body(watch);
  } finally {
    watch.stop();
  }
}

function sameList(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

function isDetached<K extends BusKind>(port: Port<K>): (event: PortEvent<K>) => boolean {
  return (event) => event.type === 'detached' && event.port.id === port.id;
}
