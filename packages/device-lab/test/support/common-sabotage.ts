import { concat, filter, NEVER } from 'rxjs';
import { DeviceError, type BusKind, type End, type TransportOf } from '@buergerkoffer/core';
import { around, overlay, type Sabotage } from './sabotage.js';

/** How the suite of a kind calls the call that is not answered, and whether its transports hear of a loss. */
export interface CommonSabotage {
  readonly stuckCall: string;
  readonly exclusive: boolean;
  readonly lost: boolean;
  readonly twins: boolean;
}

/** What transports of every kind can do wrong, and the case of their suite that catches it. */
export function commonSabotage<K extends BusKind>(kind: CommonSabotage): readonly Sabotage<K>[] {
  const { stuckCall: call } = kind;
  return [
    ...opening<K>(),
    ...closing<K>(call),
    ...calling<K>(call),
    ...(kind.exclusive ? exclusive<K>() : []),
    ...(kind.lost ? losing<K>(call) : []),
    ...(kind.twins ? confusing<K>() : []),
  ];
}

const FOREVER = new Promise<never>(() => undefined);

function changed<K extends BusKind>(
  transport: TransportOf[K],
  changes: Partial<TransportOf[BusKind]>,
): TransportOf[K] {
  return overlay(transport, changes as Partial<TransportOf[K]>);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function opening<K extends BusKind>(): readonly Sabotage<K>[] {
  const beforehand = 'an open that was aborted beforehand rejects with the reason and takes nothing';
  const onTheWay = 'an open that is aborted on the way rejects with the reason, and the port can be had soon';
  return [
    {
      does: 'opens though the signal was aborted beforehand',
      caughtBy: beforehand,
      bus: (bus) => overlay(bus, { open: (port, options) => bus.open(port, options) }),
    },
    {
      does: 'rejects an aborted open with an error of its own',
      caughtBy: onTheWay,
      bus: (bus) =>
        overlay(bus, {
          open: (port, options, signal) =>
            bus.open(port, options, signal).catch((error: unknown) => {
              throw error === signal?.reason ? new DeviceError('closed', 'aborted') : error;
            }),
        }),
    },
    {
      does: 'never opens',
      caughtBy: 'an attached port opens, answers, and ends as closed',
      bus: (bus) => overlay(bus, { open: () => FOREVER }),
    },
    {
      does: 'opens only while somebody watches',
      caughtBy: 'a port opens though nobody watches the bus any more',
      bus: (bus) => {
        let watchers = 0;
        const events = new Proxy(bus.events, {
          get: (target, name) => {
            if (name !== 'subscribe') return Reflect.get(target, name, target) as unknown;
            return (...args: Parameters<typeof target.subscribe>) => {
              watchers += 1;
              const subscription = target.subscribe(...args);
              subscription.add(() => {
                watchers -= 1;
              });
              return subscription;
            };
          },
        });
        return overlay(bus, {
          events,
          open: (port, options, signal) =>
            watchers > 0
              ? bus.open(port, options, signal)
              : Promise.reject(new DeviceError('not-found', 'nobody watches')),
        });
      },
    },
    {
      does: 'leaves a timer of an aborted open',
      caughtBy: 'nothing is left of an open that was aborted',
      bus: (bus) =>
        overlay(bus, {
          open: (port, options, signal) => {
            setTimeout(() => undefined, 3_600_000);
            return bus.open(port, options, signal);
          },
        }),
    },
  ];
}

function closing<K extends BusKind>(call: string): readonly Sabotage<K>[] {
  const END_CLOSED: End = { reason: 'closed' };
  return [
    {
      does: 'waits with close() for the pending call',
      caughtBy: `\`close()\` ends ${call} as closed, and does not wait for its answer`,
      transport: (transport) => {
        const pending = new Set<Promise<unknown>>();
        const watched = around(transport, async (make, options) => {
          const work = make(options);
          pending.add(work);
          return work.finally(() => pending.delete(work));
        });
        return changed<K>(watched, {
          close: async () => {
            await Promise.allSettled(pending);
            await transport.close();
          },
        });
      },
    },
    {
      does: 'fails at the second close()',
      caughtBy: 'closing twice is closing once',
      transport: (transport) => {
        let closed = false;
        return changed<K>(transport, {
          close: async () => {
            if (closed) throw new DeviceError('closed', 'closed already');
            closed = true;
            await transport.close();
          },
        });
      },
    },
    {
      does: 'says that it has ended while it is open',
      caughtBy: 'a transport has not ended before it is closed',
      transport: (transport) => changed<K>(transport, { ended: Promise.resolve(END_CLOSED) }),
    },
    {
      does: 'never says that it has ended',
      caughtBy: 'an attached port opens, answers, and ends as closed',
      transport: (transport) => changed<K>(transport, { ended: FOREVER }),
    },
    {
      does: 'refuses calls after close() as lost',
      caughtBy: 'every call after close() is refused as closed',
      transport: (transport) =>
        around(transport, (make, options) =>
          make(options).catch((error: unknown) => {
            if (!(error instanceof DeviceError) || error.code !== 'closed') throw error;
            throw new DeviceError('lost', 'gone');
          }),
        ),
    },
    {
      does: 'says closed and does not let go',
      caughtBy: 'a port opens again directly after it was closed, many times',
      bus: (bus) => {
        let opened = 0;
        return overlay(bus, {
          open: (port, options, signal) => {
            opened += 1;
            return opened > 5
              ? Promise.reject(new DeviceError('busy', 'no handle is left'))
              : bus.open(port, options, signal);
          },
        });
      },
    },
  ];
}

function calling<K extends BusKind>(call: string): readonly Sabotage<K>[] {
  return [
    {
      does: 'does not hear the signal of a pending call',
      caughtBy: `${call} that is aborted rejects with the reason at once, and the transport goes on`,
      transport: (transport) =>
        around(transport, (make, { signal, ...options }) => {
          signal?.throwIfAborted();
          return make(options);
        }),
    },
    {
      does: 'listens to the signal when the call has long begun',
      caughtBy: `${call} that is aborted in the moment in which it begins rejects with the reason`,
      transport: (transport) =>
        around(transport, async (make, { signal, ...options }) => {
          signal?.throwIfAborted();
          const work = make(options);
          await later(0);
          if (signal?.aborted === true || signal === undefined) return work;
          return Promise.race([
            work,
            new Promise<never>((_, reject) => {
              signal.addEventListener('abort', () => {
                reject(signal.reason as Error);
              });
            }),
          ]);
        }),
    },
    {
      does: 'rejects an aborted call with an error of its own',
      caughtBy: `${call} that was aborted beforehand rejects with the reason, and the transport goes on`,
      transport: (transport) =>
        around(transport, (make, options) =>
          make(options).catch((error: unknown) => {
            throw error === options.signal?.reason ? new DeviceError('closed', 'aborted') : error;
          }),
        ),
    },
    {
      does: 'ends with the call that was aborted',
      caughtBy: `${call} that is aborted rejects with the reason at once, and the transport goes on`,
      transport: (transport) =>
        around(transport, (make, options) => {
          options.signal?.addEventListener('abort', () => void transport.close());
          return make(options);
        }),
    },
    {
      does: 'has no deadlines',
      caughtBy: `${call} that is not answered by its deadline is a timeout, and the transport goes on`,
      transport: (transport) =>
        around(transport, (make, options) => make({ ...options, timeoutMs: 3_600_000 })),
    },
    {
      does: 'has a second of patience where nobody asks for more',
      caughtBy: 'a call that names no deadline outlasts 1500 ms of silence',
      transport: (transport) => around(transport, (make, options) => make({ timeoutMs: 1_000, ...options })),
    },
    {
      does: 'keeps a listener on the signal of each call',
      caughtBy: 'a signal that outlives its calls keeps no listener of them',
      transport: (transport) =>
        around(transport, (make, options) => {
          options.signal?.addEventListener('abort', () => undefined);
          return make(options);
        }),
    },
    {
      does: 'leaves a timer of each aborted call',
      caughtBy: `nothing is left of ${call} that was aborted, late or ended by \`close()\``,
      transport: (transport) =>
        around(transport, (make, options) => {
          if (options.signal !== undefined) setTimeout(() => undefined, 3_600_000);
          return make(options);
        }),
    },
  ];
}

function exclusive<K extends BusKind>(): readonly Sabotage<K>[] {
  return [
    {
      does: 'waits until a busy port is free',
      caughtBy: 'a port that is open is busy, which disturbs nobody, and free after close()',
      bus: (bus) =>
        overlay(bus, {
          open: (port, options, signal) =>
            bus.open(port, options, signal).catch((error: unknown) => {
              if (error instanceof DeviceError && error.code === 'busy') return FOREVER;
              throw error;
            }),
        }),
    },
    {
      does: 'takes a busy port away from its holder',
      caughtBy: 'a port that is open is busy, which disturbs nobody, and free after close()',
      bus: (bus) => {
        let holder: TransportOf[K] | undefined;
        return overlay(bus, {
          open: async (port, options, signal) => {
            await holder?.close();
            holder = await bus.open(port, options, signal);
            return holder;
          },
        });
      },
    },
  ];
}

function losing<K extends BusKind>(call: string): readonly Sabotage<K>[] {
  return [
    {
      does: 'hears of a loss after five seconds',
      caughtBy: 'a device that is unplugged while nothing happens is lost',
      transport: (transport) =>
        changed<K>(transport, {
          ended: transport.ended.then(async (end) => {
            if (end.reason === 'lost') await later(5_000);
            return end;
          }),
        }),
    },
    {
      does: 'calls a loss a close',
      caughtBy: 'a device that is plugged in again opens and answers',
      transport: (transport) =>
        changed<K>(transport, { ended: transport.ended.then((): End => ({ reason: 'closed' })) }),
    },
    {
      does: 'calls a close that was asked for a loss',
      caughtBy: 'what was closed stays closed when the plug is pulled later',
      transport: (transport) => {
        const error = new DeviceError('lost', 'gone');
        return changed<K>(transport, { ended: transport.ended.then((): End => ({ reason: 'lost', error })) });
      },
    },
    {
      does: 'calls a loss a protocol error',
      caughtBy: `${call} is lost when the plug is pulled, and so is every later call`,
      transport: (transport) =>
        around(transport, (make, options) =>
          make(options).catch((error: unknown) => {
            if (!(error instanceof DeviceError) || error.code !== 'lost') throw error;
            throw new DeviceError('protocol', 'broken');
          }),
        ),
    },
    {
      does: 'fails at close() after a loss',
      caughtBy: 'closing what was lost resolves, and it stays lost',
      transport: (transport) =>
        changed<K>(transport, {
          close: async () => {
            await Promise.resolve();
            if ((await Promise.race([transport.ended, Promise.resolve(undefined)]))?.reason === 'lost') {
              throw new DeviceError('lost', 'the port is not open');
            }
            await transport.close();
          },
        }),
    },
    {
      does: 'never settles an open during which the plug is pulled',
      caughtBy: 'a device that is unplugged while it is opened is refused, or opens and is lost',
      bus: (bus) =>
        overlay(bus, {
          open: async (port, options, signal) => {
            const transport = await bus.open(port, options, signal);
            await later(1);
            const end = await Promise.race([transport.ended, Promise.resolve(undefined)]);
            return end === undefined ? transport : FOREVER;
          },
        }),
    },
    {
      does: 'hangs in close() when the plug is pulled meanwhile',
      caughtBy: `a device that is unplugged while ${call} is ended by \`close()\` is closed or lost, once`,
      bus: (bus) => {
        let gone = false;
        return overlay(bus, {
          events: bus.events,
          open: async (port, options, signal) => {
            const watch = bus.events.pipe(filter(({ type }) => type === 'detached')).subscribe(() => {
              gone = true;
            });
            const transport = await bus.open(port, options, signal);
            void transport.ended
              .then(() => later(100))
              .then(() => {
                watch.unsubscribe();
              });
            return changed<K>(transport, {
              close: async () => {
                await transport.close();
                if (gone) await FOREVER;
              },
            });
          },
        });
      },
    },
    {
      does: 'never tells that a thing came back',
      caughtBy: 'a device that is plugged in again opens and answers',
      bus: (bus) => {
        let detached = false;
        const events = bus.events.pipe(
          filter((event) => {
            if (event.type === 'attached' && detached) return false;
            return true;
          }),
        );
        return overlay(bus, {
          events: concat(events, NEVER),
          open: async (port, options, signal) => {
            const transport = await bus.open(port, options, signal);
            void transport.ended.then(({ reason }) => {
              detached ||= reason === 'lost';
            });
            return transport;
          },
        });
      },
    },
    {
      does: 'calls a port that has vanished lost',
      caughtBy: 'a port that has vanished is not found',
      bus: (bus) =>
        overlay(bus, {
          open: (port, options, signal) =>
            bus.open(port, options, signal).catch((error: unknown) => {
              if (!(error instanceof DeviceError) || error.code !== 'not-found') throw error;
              throw new DeviceError('lost', 'gone');
            }),
        }),
    },
    {
      does: 'leaves a timer of each loss',
      caughtBy: `nothing is left of a device that was unplugged during ${call}`,
      transport: (transport) => {
        void transport.ended.then(({ reason }) => {
          if (reason === 'lost') setTimeout(() => undefined, 3_600_000);
        });
        return transport;
      },
    },
  ];
}

function confusing<K extends BusKind>(): readonly Sabotage<K>[] {
  return [
    {
      does: 'opens the same device twice where there are two',
      caughtBy: 'two devices of one model are told apart',
      bus: (bus) => {
        let first: TransportOf[K] | undefined;
        return overlay(bus, {
          open: async (port, options, signal) => {
            first ??= await bus.open(port, options, signal);
            return first;
          },
        });
      },
    },
    {
      does: 'loses all devices with one',
      caughtBy: 'the loss of one device does not disturb its twin',
      bus: (bus) => {
        const open = new Set<TransportOf[K]>();
        return overlay(bus, {
          open: async (port, options, signal) => {
            const transport = await bus.open(port, options, signal);
            open.add(transport);
            void transport.ended.then(async ({ reason }) => {
              if (reason === 'lost') for (const other of open) await other.close();
            });
            return transport;
          },
        });
      },
    },
  ];
}
