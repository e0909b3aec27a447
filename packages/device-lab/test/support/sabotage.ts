import type { Bus, BusKind, CallOptions, Port, TransportBase, TransportOf } from '@buergerkoffer/core';
import {
  runTransportCase,
  type MakeTransportSubject,
  type TransportCase,
  type TransportUnderTest,
} from '@buergerkoffer/core/testing';
import { inVirtualTime } from './virtual-time.js';

/** A transport, or a bus, that breaks a promise. */
export interface Sabotage<K extends BusKind> {
  /** What it does wrong, in the present tense. */
  readonly does: string;
  /** Name of the case that must break. */
  readonly caughtBy: string;
  /** A worse transport. */
  transport?(transport: TransportOf[K], port: Port<K>): TransportOf[K];
  /** A worse bus. */
  bus?(bus: Bus<K>): Bus<K>;
  /** What else is changed. */
  subject?(subject: TransportUnderTest<K>): TransportUnderTest<K>;
}

/** `target` with some members replaced; whatever is not replaced is the target's own. */
export function overlay<T extends object>(target: T, changes: Partial<T>): T {
  return new Proxy(target, {
    get: (_, name) => {
      if (name in changes) return Reflect.get(changes, name) as unknown;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/** What happens around a call of a transport. */
export type Around = <T>(
  call: (options: CallOptions) => Promise<T>,
  options: CallOptions,
  name: string,
) => Promise<T>;

/** Where the options stand among the arguments of each call. */
const OPTIONS_AT: Readonly<Record<string, number>> = {
  controlTransferIn: 2,
  controlTransferOut: 2,
  transferIn: 2,
  transferOut: 2,
  clearHalt: 2,
  sendReport: 2,
  sendFeatureReport: 2,
  receiveFeatureReport: 1,
  write: 1,
  connect: 1,
  control: 2,
  transmit: 1,
  request: 1,
};

/** `transport` whose calls, and those of its connections, go through `work`. */
export function around<T extends TransportBase>(transport: T, work: Around): T {
  return new Proxy(transport, {
    get: (_, name) => {
      const value: unknown = Reflect.get(transport, name, transport);
      if (typeof value !== 'function') return value;
      const at = typeof name === 'string' ? OPTIONS_AT[name] : undefined;
      if (at === undefined) return value.bind(transport) as unknown;
      return async (...given: unknown[]) => {
        const call = async (options: CallOptions): Promise<unknown> => {
          const args = [...given.slice(0, at), ...Array<unknown>(Math.max(0, at - given.length)), options];
          return (await Reflect.apply(value, transport, args)) as unknown;
        };
        const result = await work(call, (given[at] ?? {}) as CallOptions, String(name));
        return name === 'connect' ? around(result as TransportBase, work) : result;
      };
    },
  });
}

/** A subject whose transports and bus are sabotaged. */
export function sabotaged<K extends BusKind>(
  make: MakeTransportSubject<K>,
  sabotage: Sabotage<K>,
): MakeTransportSubject<K> {
  return async (one) => {
    const subject = await make(one);
    const changed = sabotage.subject?.(subject) ?? subject;
    const bus = overlay(changed.bus, {
      open: async (port, options, signal) => {
        const transport = await changed.bus.open(port, options, signal);
        return sabotage.transport?.(transport, port) ?? transport;
      },
    });
    return { ...changed, slowness: 0.5, bus: sabotage.bus?.(bus) ?? bus };
  };
}

/** Whether `one` catches `sabotage`. */
export async function catches<K extends BusKind>(
  one: TransportCase<K>,
  make: MakeTransportSubject<K>,
  sabotage: Sabotage<K>,
): Promise<boolean> {
  const result = await inVirtualTime(() => runTransportCase(one, sabotaged(make, sabotage)));
  return result.outcome === 'broken';
}
