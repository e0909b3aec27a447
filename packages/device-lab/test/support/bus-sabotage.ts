import { filter, map, Observable, share } from 'rxjs';
import type { BusKind, Port, PortEvent } from '@buergerkoffer/core';
import { overlay, type Sabotage } from './sabotage.js';

type Events<K extends BusKind> = Observable<PortEvent<K>>;

/** What a bus can do wrong with what it tells, and the case that catches it. */
export function busSabotage<K extends BusKind>(): readonly Sabotage<K>[] {
  const telling = (
    does: string,
    caughtBy: string,
    change: (events: Events<K>) => Events<K>,
  ): Sabotage<K> => ({
    does,
    caughtBy,
    bus: (bus) => overlay(bus, { events: change(bus.events) }),
  });
  return [
    telling('says that the list is complete before it is', FIRST, (events) =>
      each(events, (event, tell, told) => {
        if (told === 0) tell({ type: 'listed' });
        if (event.type !== 'listed') tell(event);
      }),
    ),
    telling('tells of a port twice', FIRST, (events) =>
      each(events, (event, tell) => {
        tell(event);
        if (event.type === 'attached') tell(event);
      }),
    ),
    telling(
      'does not say where a port is',
      'a port says what bus it is on, where it is, and nothing that could not travel to a worker',
      (events) => withPort(events, (port) => ({ ...port, physical: '' })),
    ),
    telling(
      'puts functions into ports',
      'a port says what bus it is on, where it is, and nothing that could not travel to a worker',
      (events) => withPort(events, (port) => ({ ...port, open: () => undefined })),
    ),
    telling(
      'tells the first list to the first watcher only',
      'whoever comes later is told the same, and one who leaves takes nothing from the others',
      (events) => events.pipe(share()),
    ),
    telling(
      'can be watched once',
      'watching may end in the middle of the first list, and begin again',
      (events) => {
        let watched = 0;
        return new Observable((subscriber) => {
          watched += 1;
          if (watched > 2) return;
          subscriber.add(events.subscribe(subscriber));
        });
      },
    ),
    telling('gives a port another id at each look', 'a port keeps its id while it is attached', (events) => {
      let looks = 0;
      return new Observable((subscriber) => {
        looks += 1;
        const look = looks;
        subscriber.add(
          withPort(events, (port) => ({ ...port, id: `${port.id}#${look}` })).subscribe(subscriber),
        );
      });
    }),
    telling(
      'looks on when the last watcher has gone',
      'nothing is left when the last watcher has gone',
      (events) =>
        new Observable((subscriber) => {
          setInterval(() => undefined, 1_000);
          subscriber.add(events.subscribe(subscriber));
        }),
    ),
  ];
}

/** The same for things that come and go. */
export function hotPlugSabotage<K extends BusKind>(): readonly Sabotage<K>[] {
  const again = 'every watcher hears of a plug that is pulled, and of one that is put in';
  return [
    {
      does: 'does not tell that a port has gone',
      caughtBy: again,
      bus: (bus) => overlay(bus, { events: bus.events.pipe(filter(({ type }) => type !== 'detached')) }),
    },
    {
      does: 'tells of what goes to one watcher',
      caughtBy: again,
      bus: (bus) => {
        let watchers = 0;
        return overlay(bus, {
          events: new Observable((subscriber) => {
            watchers += 1;
            const number = watchers;
            subscriber.add(
              bus.events
                .pipe(filter(({ type }) => type !== 'detached' || number % 2 === 0))
                .subscribe(subscriber),
            );
          }),
        });
      },
    },
    {
      does: 'remembers what it once has seen',
      caughtBy: 'what was plugged while nobody watched is in the next list, what was unplugged is not',
      bus: (bus) => {
        const seen = new Map<string, Port<K>>();
        return overlay(bus, {
          events: new Observable((subscriber) => {
            const told = new Set<string>();
            for (const port of seen.values()) {
              told.add(port.id);
              subscriber.next({ type: 'attached', port });
            }
            subscriber.add(
              each(bus.events, (event, tell) => {
                if (event.type === 'attached') seen.set(event.port.id, event.port);
                if (event.type !== 'attached' || !told.delete(event.port.id)) tell(event);
              }).subscribe(subscriber),
            );
          }),
        });
      },
    },
    {
      does: 'tells of a port that comes back twice',
      caughtBy: 'a plug that is pulled and put in many times ends attached, and each coming has its going',
      bus: (bus) =>
        overlay(bus, {
          events: each(bus.events, (event, tell) => {
            tell(event);
            if (event.type === 'attached') tell(event);
          }),
        }),
    },
    {
      does: 'opens the first device for whatever id it is given',
      caughtBy: 'a port that never was there is not found',
      bus: (bus) => {
        let known: Port<K> | undefined;
        return overlay(bus, {
          events: each(bus.events, (event, tell) => {
            if (event.type === 'attached') known ??= event.port;
            tell(event);
          }),
          open: (port, options, signal) =>
            bus.open(port.id.endsWith('nowhere') ? (known ?? port) : port, options, signal),
        });
      },
    },
  ];
}

const FIRST = 'a watcher is told what is attached, each port once, then that the list is complete';

function each<K extends BusKind>(
  events: Events<K>,
  work: (event: PortEvent<K>, tell: (event: PortEvent<K>) => void, told: number) => void,
): Events<K> {
  return new Observable((subscriber) => {
    let told = 0;
    subscriber.add(
      events.subscribe((event) => {
        work(
          event,
          (other) => {
            subscriber.next(other);
          },
          told,
        );
        told += 1;
      }),
    );
  });
}

function withPort<K extends BusKind>(events: Events<K>, change: (port: Port<K>) => Port<K>): Events<K> {
  return events.pipe(map((event) => ('port' in event ? { ...event, port: change(event.port) } : event)));
}
