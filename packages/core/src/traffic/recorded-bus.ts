import type { Bus } from '../bus.js';
import type { BusKind, Port } from '../port.js';
import type { TransportOf } from '../transport.js';
import { recorded } from './recorded-transport.js';
import type { Masking, TrafficHead } from './traffic-line.js';
import { TrafficRecorder, type TrafficSink } from './traffic-recorder.js';

/** How a bus is recorded. */
export interface RecordingOptions {
  /** Default `personal`. */
  readonly masking?: Masking;
  /** Milliseconds since 1970, for the head. Default `Date.now`. */
  readonly now?: () => number;
  /** Monotonic milliseconds, for the lines. Default `performance.now`. */
  readonly clock?: () => number;
}

/**
 * `bus`, recorded: each port that is opened through it gets a recording of its own in the sink that `sinkFor` gives;
 * undefined leaves that port alone. Wrap a bus where it is made, and every driver on it is recorded.
 */
export function recordedBus<K extends BusKind>(
  bus: Bus<K>,
  sinkFor: (port: Port<K>) => TrafficSink | undefined,
  options: RecordingOptions = {},
): Bus<K> {
  const masking = options.masking ?? 'personal';
  return {
    ...bus,
    events: bus.events,
    open: async (port, openOptions, signal) => {
      const transport = await bus.open(port, openOptions, signal);
      const sink = sinkFor(port);
      if (sink === undefined) return transport;
      sink.head(headOf(port, transport, masking, options.now ?? Date.now));
      const clock = options.clock ?? (() => performance.now());
      return recorded(bus.kind, transport, new TrafficRecorder(sink, masking, clock));
    },
  };
}

function headOf<K extends BusKind>(
  port: Port<K>,
  transport: TransportOf[K],
  masking: Masking,
  now: () => number,
): TrafficHead {
  return {
    traffic: 1,
    port: masking === 'none' ? port : withoutSerialNumber(port),
    ...('endpoints' in transport ? { endpoints: transport.endpoints } : {}),
    startedAt: new Date(now()).toISOString(),
    masking,
  };
}

/** A serial number names one suitcase among all. */
function withoutSerialNumber(port: Port): Port {
  const { serialNumber: _, ...rest } = port;
  return rest;
}
