import { Observable, type Subscriber } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../../bus.js';
import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { PcscPort } from '../../port.js';
import { sharedWatch } from '../../shared-watch.js';
import type { CardTransport } from '../../transport.js';
import type { OptionalLibrary } from '../optional-library.js';
import { textOf } from '../watched-bus.js';
import { pcscMini, type PcscLibrary } from './pcsc-library.js';
import { PcscTransport } from './pcsc-transport.js';
import { placeOfReader } from './reader-place.js';
import { ReaderService, type ServiceState } from './reader-service.js';

/** How long the service may take to name the readers that are there already, in milliseconds. */
const FIRST_READERS_MS = 500;
/** How long a reader that was listed is waited for when it is opened, in milliseconds. */
const OPEN_MS = 3_000;

/** What the bus stands on; another one in tests. */
export interface PcscSystem {
  readonly sysfs: string;
  readonly library: OptionalLibrary<PcscLibrary>;
}

/**
 * The card readers that the PC/SC service tells of, through the optional library `pcsc-mini`, one port for each slot.
 * A service that is not there yet is waited for.
 */
export function pcscBus(): Bus<'pcsc'> {
  return pcscBusOn({ sysfs: '/sys', library: pcscMini() });
}

/** The readers of `system`. */
export function pcscBusOn({ sysfs, library }: PcscSystem): Bus<'pcsc'> {
  const service = new ReaderService(library);
  return {
    kind: 'pcsc',
    events: sharedWatch(new Observable((subscriber) => watch(subscriber, service, library, sysfs))),
    open: (port, _, signal) => open(service, library, port, signal),
  };
}

function watch(
  subscriber: Subscriber<PortEvent<'pcsc'>>,
  service: ReaderService,
  library: OptionalLibrary<PcscLibrary>,
  sysfs: string,
): () => void {
  const attached = new Map<string, PcscPort>();
  let arrivals = Promise.resolve();
  const listed = setTimeout(() => {
    subscriber.next({ type: 'listed' });
  }, FIRST_READERS_MS);
  const release = service.hold();
  const told = service.state.subscribe({
    next: (state) => {
      subscriber.next({ type: 'diagnostics', diagnostics: diagnosticsOf(state, library) });
    },
    error: (error: unknown) => {
      subscriber.error(error);
    },
  });
  const stop = service.listen(({ type, name, reader }) => {
    if (type === 'went') {
      const port = attached.get(name);
      attached.delete(name);
      if (port !== undefined) subscriber.next({ type: 'detached', port });
      return;
    }
    // One after the other: which slot of a reader is its first one depends on the order.
    arrivals = arrivals.then(async () => {
      const place = await placeOfReader(reader.reader, sysfs);
      if (subscriber.closed || service.reader(name) !== reader) return;
      const port = portOf(name, place, [...attached.values()]);
      attached.set(name, port);
      subscriber.next({ type: 'attached', port });
    });
  });
  return () => {
    clearTimeout(listed);
    stop();
    told.unsubscribe();
    release();
  };
}

async function open(
  service: ReaderService,
  library: OptionalLibrary<PcscLibrary>,
  { reader: name }: PcscPort,
  signal: AbortSignal | undefined,
): Promise<CardTransport> {
  signal?.throwIfAborted();
  // Says what is missing, before the service is waited for.
  await library.load();
  const release = service.hold();
  try {
    const reader =
      service.reader(name) ??
      (await withDeadline(`finding ${name}`, OPEN_MS, (inner) => cameLater(service, name, inner), signal));
    return new PcscTransport(reader, name, release);
  } catch (error) {
    release();
    const isLate = error instanceof DeviceError && error.code === 'timeout';
    throw isLate ? new DeviceError('not-found', `there is no reader ${name}`, { cause: error }) : error;
  }
}

/** A service that was not watched has to start and name its readers first. */
function cameLater(service: ReaderService, name: string, signal: AbortSignal) {
  return new Promise<NonNullable<ReturnType<ReaderService['reader']>>>((resolve) => {
    const stop = service.listen((event) => {
      if (event.type !== 'came' || event.name !== name) return;
      queueMicrotask(() => {
        stop();
      });
      resolve(event.reader);
    });
    signal.addEventListener('abort', stop, { once: true });
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

function diagnosticsOf(state: ServiceState, library: OptionalLibrary<PcscLibrary>): readonly Diagnostic[] {
  switch (state.state) {
    case 'starting':
    case 'running':
      return [];
    case 'no-library':
      return library.diagnostics();
    case 'no-service':
      return [
        {
          code: 'pcsc.service-missing',
          severity: 'warning',
          message: `the PC/SC service does not answer: ${textOf(state.error)}`,
          remedy: 'apt-get install pcscd; systemctl enable --now pcscd.socket',
        },
      ];
    default:
      return state satisfies never;
  }
}
