import { Observable } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import { withDeadline } from '../deadline.js';
import { DeviceError } from '../device-error.js';
import type { BusKind, Port } from '../port.js';
import { sharedWatch } from '../shared-watch.js';

/** How long one look at a bus may take, in milliseconds. */
const LOOK_MS = 10_000;

/** What one look at a bus finds. */
export interface Listing<K extends BusKind> {
  readonly ports: readonly Port<K>[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A bus that is looked at every `everyMs` milliseconds; `list` never rejects for a missing library or service. */
export interface PolledBusOptions<K extends BusKind> {
  readonly kind: K;
  readonly everyMs: number;
  list(): Promise<Listing<K>>;
}

/**
 * A bus that lists by asking again and again, only while somebody watches. Opening ports through the real
 * libraries is not part of this release: `open` rejects `unsupported`.
 */
export function polledBus<K extends BusKind>(options: PolledBusOptions<K>): Bus<K> {
  return {
    kind: options.kind,
    events: sharedWatch(polling(options)),
    open: (port) =>
      Promise.reject(
        new DeviceError(
          'unsupported',
          `${port.path} is listed, but this release cannot open ${options.kind} ports`,
          {
            remedy:
              'use a simulator (package device-lab) or a bus of your own until the adapters have landed',
          },
        ),
      ),
  };
}

/** Looks again and again while somebody watches; a look that hangs counts as failed after {@link LOOK_MS}. */
function polling<K extends BusKind>(options: PolledBusOptions<K>): Observable<PortEvent<K>> {
  return new Observable((subscriber) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let known = new Map<string, Port<K>>();
    let said = '';
    let listed = false;
    const look = async (): Promise<void> => {
      const list = (): Promise<Listing<K>> => options.list();
      const { ports, diagnostics } = await withDeadline(`listing ${options.kind}`, LOOK_MS, list).catch(
        (error: unknown) => failed(options.kind, error),
      );
      if (subscriber.closed) return;
      const now = new Map(ports.map((port) => [port.id, port]));
      for (const [id, port] of known) if (!now.has(id)) subscriber.next({ type: 'detached', port });
      for (const [id, port] of now) {
        const before = known.get(id);
        if (before === undefined) subscriber.next({ type: 'attached', port });
        else if (JSON.stringify(before) !== JSON.stringify(port)) subscriber.next({ type: 'changed', port });
      }
      known = now;
      if (JSON.stringify(diagnostics) !== said) subscriber.next({ type: 'diagnostics', diagnostics });
      said = JSON.stringify(diagnostics);
      if (!listed) subscriber.next({ type: 'listed' });
      listed = true;
      timer = setTimeout(() => void look(), options.everyMs);
    };
    void look();
    subscriber.add(() => {
      clearTimeout(timer);
    });
  });
}

function failed<K extends BusKind>(kind: K, error: unknown): Listing<K> {
  return {
    ports: [],
    diagnostics: [
      {
        code: `${kind}.failed`,
        severity: 'error',
        message: `the ${kind} bus could not be listed: ${textOf(error)}`,
        remedy: 'run `koffer doctor` and send its output with a report',
      },
    ],
  };
}

/** The message of whatever was thrown, on one line. */
export function textOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').slice(0, 200);
}

/** The diagnostic of a library that is not installed or does not load, told apart by the text of `error`. */
export function libraryDiagnostic(kind: BusKind, library: string, needs: string, error: unknown): Diagnostic {
  const text = textOf(error);
  return /Cannot find (package|module)/i.test(text)
    ? {
        code: `${kind}.library-missing`,
        severity: 'info',
        message: `the optional library ${library} is not installed: ${kind} devices are not seen`,
        remedy: `npm install ${library}`,
      }
    : {
        code: `${kind}.library-broken`,
        severity: 'error',
        message: `the library ${library} does not load: ${text}`,
        remedy: needs,
      };
}
