import { Observable, type Subscriber } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import { DeviceError } from '../device-error.js';
import type { PcscPort } from '../port.js';
import { sharedWatch } from '../shared-watch.js';
import { libraryDiagnostic, textOf } from './polled-bus.js';

/** The part of the optional library `pcsc-mini` that listing needs. */
interface PcscClient {
  on(event: 'reader', listener: (reader: PcscReader) => void): PcscClient;
  on(event: 'error', listener: (error: unknown) => void): PcscClient;
  start(): PcscClient;
  stop(): void;
}
interface PcscReader {
  name(): string;
  on(event: 'disconnect', listener: () => void): unknown;
}

/** How long the service may take to name the readers that are there already, in milliseconds. */
const FIRST_READERS_MS = 300;

/** The readers that the PC/SC service tells of through the optional library `pcsc-mini`. */
export function pcscBus(): Bus<'pcsc'> {
  return {
    kind: 'pcsc',
    events: sharedWatch(
      new Observable<PortEvent<'pcsc'>>((subscriber) => {
        const listed = setTimeout(() => {
          subscriber.next({ type: 'listed' });
        }, FIRST_READERS_MS);
        subscriber.add(() => {
          clearTimeout(listed);
        });
        watchReaders(subscriber).catch((error: unknown) => {
          subscriber.error(error);
        });
      }),
    ),
    open: (port) =>
      Promise.reject(
        new DeviceError('unsupported', `${port.reader} is listed, but this release cannot open pcsc ports`, {
          remedy: 'use a simulator (package device-lab) or a bus of your own until the adapters have landed',
        }),
      ),
  };
}

async function watchReaders(subscriber: Subscriber<PortEvent<'pcsc'>>): Promise<void> {
  const say = (diagnostic: Diagnostic): void => {
    subscriber.next({ type: 'diagnostics', diagnostics: [diagnostic] });
  };
  let client: PcscClient;
  try {
    client = await loadClient();
  } catch (error) {
    say(libraryDiagnostic('pcsc', 'pcsc-mini', 'apt-get install libpcsclite1', error));
    return;
  }
  if (subscriber.closed) return;
  client
    .on('reader', (reader) => {
      const port = portOf(reader.name());
      subscriber.next({ type: 'attached', port });
      reader.on('disconnect', () => {
        subscriber.next({ type: 'detached', port });
      });
    })
    .on('error', (error) => {
      say(serviceDiagnostic(error));
    });
  try {
    // Throws where the service does not run.
    client.start();
  } catch (error) {
    say(serviceDiagnostic(error));
    return;
  }
  subscriber.add(() => {
    client.stop();
  });
}

async function loadClient(): Promise<PcscClient> {
  const name = 'pcsc-mini';
  const library: unknown = await import(name);
  if (typeof library !== 'object' || library === null || !('Client' in library)) {
    throw new Error('the library has no Client');
  }
  const Client = library.Client as new () => PcscClient;
  return new Client();
}

function portOf(reader: string): PcscPort {
  return { bus: 'pcsc', id: `pcsc:${reader}`, path: reader, physical: `pcsc:${reader}`, reader };
}

function serviceDiagnostic(error: unknown): Diagnostic {
  return {
    code: 'pcsc.service-missing',
    severity: 'warning',
    message: `the PC/SC service does not answer: ${textOf(error)}`,
    remedy: 'apt-get install pcscd; systemctl enable --now pcscd.socket',
  };
}
