import { Subscription } from 'rxjs';
import type { Bus, BusKind } from '@buergerkoffer/core';
import { BusServer } from '../../src/remote-bus/bus-server.js';
import { remoteBus, type RemoteBusOptions } from '../../src/remote-bus/remote-bus.js';
import type { Connect, Exit } from '../../src/supervision/connection.js';

/** What crossed between the two sides. */
export interface Traffic {
  readonly toBus: object[];
  readonly toApp: object[];
}

/** `bus` behind a message channel in this process, with the other side in the hands of the test. */
export function linked<K extends BusKind>(bus: Bus<K>, options: Partial<RemoteBusOptions> = {}) {
  const traffic: Traffic = { toBus: [], toApp: [] };
  const state = {
    starts: 0,
    running: 0,
    /** The other side ends by itself. */
    crash: (): void => undefined,
    /** The other side says this. */
    say: (_: unknown): void => undefined,
    /** The other side is stuck from now on: it reads nothing. */
    stick: (): void => undefined,
  };
  const transfers = options.transfers ?? true;
  const connect: Connect = (incoming) => {
    const { port1: near, port2: far } = new MessageChannel();
    let exit = (_: Exit): void => undefined;
    const exited = new Promise<Exit>((resolve) => (exit = resolve));
    let stuck = false;
    state.starts += 1;
    state.running += 1;
    const end = (how: string): void => {
      if (stuck && how !== 'it was ended by SIGKILL') return;
      near.close();
      far.close();
      exit({ how, stderrBytes: 0 });
    };
    const server = new BusServer(bus, {
      transfers,
      send: (message, transfer) => {
        traffic.toApp.push(message);
        far.postMessage(message, [...(transfer ?? [])]);
      },
    });
    far.onmessage = ({ data }) => {
      if (!stuck) server.receive(data);
    };
    near.onmessage = ({ data }) => {
      incoming.message(data);
    };
    server.start();
    void server.finished
      .then(() => server.end())
      .then(() => {
        state.running -= 1;
        end('it exited with code 0');
      });
    state.crash = () => {
      state.running -= 1;
      void server.end();
      end('it exited with code 9');
    };
    state.say = (value) => {
      incoming.message(value);
    };
    state.stick = () => {
      stuck = true;
    };
    return {
      send: (message, transfer) => {
        traffic.toBus.push(message);
        near.postMessage(message, [...(transfer ?? [])]);
      },
      unread: () => 0,
      finish: () => {
        near.postMessage({ type: 'finish' });
      },
      kill: () => {
        end('it was ended by SIGKILL');
      },
      exited,
    };
  };
  const remote = remoteBus(bus.kind, connect, {
    id: 'lab',
    what: 'worker',
    remedy: 'look at it',
    heartbeatMs: 1_000,
    silenceMs: 5_000,
    startMs: 5_000,
    restartMs: 20,
    openMs: 5_000,
    transfers,
    ...options,
  });
  return { remote, state, traffic };
}

/** Watches a bus while a test runs; `told` are its events in short. */
export function watching(bus: Bus): { readonly told: string[]; readonly stop: () => void } {
  const told: string[] = [];
  const watch = new Subscription();
  watch.add(
    bus.events.subscribe((event) => {
      if (event.type === 'diagnostics')
        told.push(event.diagnostics.map(({ code }) => code).join() || 'quiet');
      else told.push(event.type === 'listed' ? 'listed' : `${event.type} ${event.port.path}`);
    }),
  );
  return {
    told,
    stop: () => {
      watch.unsubscribe();
    },
  };
}
