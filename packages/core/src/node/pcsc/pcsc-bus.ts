import { Observable, type Subscriber } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../../bus.js';
import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { PcscPort } from '../../port.js';
import { sharedWatch } from '../../shared-watch.js';
import type { CardTransport } from '../../transport.js';
import { PcscTransport } from './pcsc-transport.js';
import { placeOfReader } from './reader-place.js';
import { ReaderService, type ReaderState, type ServiceState } from './reader-service.js';
import { Releases } from './releases.js';

/** Where pcscd listens, unless the variable that its own library heeds says otherwise. */
const SOCKET = '/run/pcscd/pcscd.comm';
const SOCKET_VARIABLE = 'PCSCLITE_CSOCK_NAME';

/** Where the service is. */
export interface PcscBusOptions {
  /** Path of its socket. Default `$PCSCLITE_CSOCK_NAME`, else `/run/pcscd/pcscd.comm`. */
  readonly socket?: string;
}

/** What the bus stands on; another one in tests. */
export interface PcscSystem {
  readonly sysfs: string;
  readonly socket: string;
  /** How often a service that does not run is asked for, in milliseconds. */
  readonly againMs: number;
  /** How long the service may take to name the readers that are there already, in milliseconds. */
  readonly listMs: number;
  /** How long a reader that was listed is waited for when it is opened, in milliseconds. */
  readonly openMs: number;
}

/**
 * The card readers that the PC/SC service (pcscd of pcsc-lite, protocol 4.4 to 4.6) tells of, one port for each slot.
 * Speaks the service's own protocol: no library is needed. A service that is not there yet is waited for.
 */
export function pcscBus(options: PcscBusOptions = {}): Bus<'pcsc'> {
  const socket = options.socket ?? (process.env[SOCKET_VARIABLE] || SOCKET);
  return pcscBusOn({ sysfs: '/sys', socket, againMs: 2_000, listMs: 3_000, openMs: 3_000 });
}

/** The readers of `system`. */
export function pcscBusOn(system: PcscSystem): Bus<'pcsc'> {
  const service = new ReaderService(system.socket, system.againMs);
  const releases = new Releases();
  return {
    kind: 'pcsc',
    events: sharedWatch(new Observable((subscriber) => watch(subscriber, service, releases, system))),
    open: (port, _, signal) => open(service, releases, system, port, signal),
  };
}

function watch(
  subscriber: Subscriber<PortEvent<'pcsc'>>,
  service: ReaderService,
  releases: Releases,
  { socket, sysfs, listMs }: PcscSystem,
): () => void {
  const attached = new Map<ReaderState, PcscPort>();
  const present = new Set<ReaderState>();
  let arrivals = Promise.resolve();
  let said = '';
  let isListed = false;
  const listed = (): void => {
    if (isListed) return;
    isListed = true;
    clearTimeout(late);
    subscriber.next({ type: 'listed' });
  };
  const late = setTimeout(listed, listMs);
  const stop = service.listen(({ type, reader }) => {
    if (type === 'went') {
      present.delete(reader);
      const port = attached.get(reader);
      attached.delete(reader);
      if (port !== undefined) subscriber.next({ type: 'detached', port });
      return;
    }
    present.add(reader);
    // One after the other: which slot of a reader is its first one depends on the order.
    arrivals = arrivals.then(async () => {
      const asking = placeOfReader(reader.name, socket, sysfs);
      // Whoever has a reader to ask it keeps others from having it alone.
      releases.add(
        reader.name,
        asking.then(() => undefined),
      );
      const place = await asking;
      if (subscriber.closed || !present.has(reader)) return;
      const port = portOf(reader.name, place, [...attached.values()]);
      attached.set(reader, port);
      subscriber.next({ type: 'attached', port });
    });
  });
  const release = service.hold();
  const told = service.states.subscribe({
    next: (state) => {
      const diagnostics = diagnosticsOf(state);
      const says = JSON.stringify(diagnostics);
      if (says !== said) subscriber.next({ type: 'diagnostics', diagnostics });
      said = says;
      if (state.state === 'no-service') listed();
      else if (state.state === 'listed') void arrivals.then(listed);
    },
    error: (error: unknown) => {
      subscriber.error(error);
    },
  });
  return () => {
    clearTimeout(late);
    isListed = true;
    stop();
    told.unsubscribe();
    release();
  };
}

async function open(
  service: ReaderService,
  releases: Releases,
  { socket, openMs }: PcscSystem,
  { reader: name }: PcscPort,
  signal: AbortSignal | undefined,
): Promise<CardTransport> {
  signal?.throwIfAborted();
  const release = service.hold();
  try {
    const coming = (inner: AbortSignal): Promise<ReaderState> => cameOrComes(service, name, inner);
    const reader = await withDeadline(`finding ${name}`, openMs, coming, signal);
    return new PcscTransport({ socket, reader, releases, release });
  } catch (error) {
    const state = service.state;
    release();
    const isLate = error instanceof DeviceError && error.code === 'timeout';
    throw isLate ? notFound(name, state, error) : error;
  }
}

/** A service that was not watched has to name its readers first. */
function cameOrComes(service: ReaderService, name: string, signal: AbortSignal): Promise<ReaderState> {
  const reader = service.reader(name);
  if (reader !== undefined) return Promise.resolve(reader);
  return new Promise((resolve) => {
    const stop = service.listen((event) => {
      if (event.type !== 'came' || event.reader.name !== name) return;
      stop();
      resolve(event.reader);
    });
    signal.addEventListener('abort', stop, { once: true });
  });
}

function notFound(name: string, state: ServiceState, cause: DeviceError): DeviceError {
  if (state.state !== 'no-service')
    return new DeviceError('not-found', `there is no reader ${name}`, { cause });
  const { code, message, remedy } = state.error;
  const isRefused = code === 'access-denied' || code === 'unsupported';
  return new DeviceError(isRefused ? code : 'not-found', `there is no reader ${name}: ${message}`, {
    remedy,
    cause: state.error,
  });
}

/** The second slot of one reader is a part of its own: it must not be taken for another way to the first. */
function portOf(reader: string, place: string | undefined, others: readonly PcscPort[]): PcscPort {
  const physical = place ?? `pcsc:${reader}`;
  const isFirst = others.every((other) => other.physical !== physical);
  return {
    bus: 'pcsc',
    id: `pcsc:${reader}`,
    path: reader,
    physical,
    ...(isFirst ? {} : { part: reader.split(' ').slice(-2).join(' ') }),
    reader,
  };
}

function diagnosticsOf(state: ServiceState): readonly Diagnostic[] {
  switch (state.state) {
    case 'starting':
    case 'listed':
      return [];
    case 'no-service': {
      const { code, message, remedy } = state.error;
      const isMissing = code === 'not-found' || code === 'lost';
      return [
        { code: isMissing ? 'pcsc.service-missing' : `pcsc.${code}`, severity: 'warning', message, remedy },
      ];
    }
    default:
      return state satisfies never;
  }
}
