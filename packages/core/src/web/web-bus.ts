import { Observable } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import { withDeadline } from '../deadline.js';
import { DeviceError } from '../device-error.js';
import { matchesPort, type Port, type PortMatch } from '../port.js';
import { sharedWatch } from '../shared-watch.js';
import type { OpenOptionsOf, TransportOf } from '../transport.js';
import { INVALID, nameOf, textOf, webFailure, type Meaning, type Meanings } from './web-failure.js';
import { apiName, deniedApi, missingApi, permissionRemedy, type WebKind } from './web-platform.js';

/** How long the browser may take to list the devices that the page may use, in milliseconds. */
const LIST_MS = 5_000;
/** How long opening a device may take, in milliseconds. */
const OPEN_MS = 5_000;

/** One of the browser's ways to devices. `T` is the browser's own object for one device. */
export interface WebApi<K extends WebKind, T extends object> {
  /** The devices that the person has given to the page. */
  list(): Promise<readonly T[]>;
  portsOf(thing: T): readonly Port<K>[];
  /** Calls back when such a device comes or goes; returns what ends that. */
  watch(connected: (thing: T) => void, disconnected: (thing: T) => void): () => void;
  /** Shows the browser's dialog at once, before anything is awaited: a user gesture does not last. */
  choose(matches: readonly PortMatch<K>[]): Promise<readonly T[]>;
  open(thing: T, port: Port<K>, options: OpenOptionsOf[K]): Promise<TransportOf[K]>;
}

/** A bus of a browser: it can ask the person for a device. */
export interface WebBus<K extends WebKind> extends Bus<K> {
  /**
   * Shows the browser's dialog with what matches; call it in a click handler, before anything is awaited. Undefined
   * when nothing was chosen, or nothing that matches. Rejects `access-denied` without a gesture or a permission,
   * `unsupported` where there is no such dialog, `invalid-request` when `matches` name nothing.
   */
  request(matches: readonly PortMatch<K>[]): Promise<Port<K> | undefined>;
}

/** A bus of the devices that the person has given to the page; `find` is asked anew each time. */
export function webBus<K extends WebKind, T extends object>(
  kind: K,
  find: () => WebApi<K, T> | undefined,
): WebBus<K> {
  const chosen = new Set<(things: readonly T[]) => void>();
  return {
    kind,
    events: sharedWatch(watching(kind, find, chosen)),
    open: (port, options, signal) =>
      withDeadline(
        `opening ${port.path}`,
        OPEN_MS,
        async (inner) => {
          const transport = await openPort(kind, find(), port, options);
          // The browser opened it after all.
          if (inner.aborted) await transport.close();
          return transport;
        },
        signal,
      ),
    request: async (matches) => {
      const api = find();
      if (api === undefined) throw unavailable(kind);
      const wanted = matches.filter((match) => Object.keys(match).length > 0);
      if (wanted.length === 0) {
        throw new DeviceError('invalid-request', 'nothing to ask the person for', { path: 'matches' });
      }
      const things = await chooseThings(kind, api, wanted);
      for (const tell of [...chosen]) tell(things);
      return things
        .flatMap((thing) => api.portsOf(thing))
        .find((port) => wanted.some((match) => matchesPort<K>(match, port)));
    },
  };
}

/** All ports once, then what comes and goes, and what the person chose in between. */
function watching<K extends WebKind, T extends object>(
  kind: K,
  find: () => WebApi<K, T> | undefined,
  chosen: Set<(things: readonly T[]) => void>,
): Observable<PortEvent<K>> {
  return new Observable((subscriber) => {
    const finish = (diagnostics: readonly Diagnostic[]): void => {
      subscriber.next({ type: 'diagnostics', diagnostics });
      subscriber.next({ type: 'listed' });
    };
    const api = find();
    if (api === undefined) {
      finish([missingApi(kind)]);
      return;
    }
    const attached = new Map<T, readonly Port<K>[]>();
    const goneMeanwhile = new WeakSet<T>();
    const attach = (thing: T): void => {
      if (attached.has(thing)) return;
      goneMeanwhile.delete(thing);
      attached.set(thing, api.portsOf(thing));
      for (const port of attached.get(thing) ?? []) subscriber.next({ type: 'attached', port });
    };
    const detach = (thing: T): void => {
      goneMeanwhile.add(thing);
      const ports = attached.get(thing) ?? [];
      attached.delete(thing);
      for (const port of ports) subscriber.next({ type: 'detached', port });
    };
    const attachAll = (things: readonly T[]): void => {
      for (const thing of things) attach(thing);
    };
    subscriber.add(api.watch(attach, detach));
    chosen.add(attachAll);
    subscriber.add(() => {
      chosen.delete(attachAll);
    });
    withDeadline(`listing ${kind}`, LIST_MS, () => api.list()).then(
      (things) => {
        if (subscriber.closed) return;
        attachAll(things.filter((thing) => !goneMeanwhile.has(thing)));
        finish([]);
      },
      (error: unknown) => {
        finish([nameOf(error) === 'SecurityError' ? deniedApi(kind) : failedListing(kind, error)]);
      },
    );
  });
}

async function openPort<K extends WebKind, T extends object>(
  kind: K,
  api: WebApi<K, T> | undefined,
  port: Port<K>,
  options: OpenOptionsOf[K],
): Promise<TransportOf[K]> {
  if (api === undefined) throw unavailable(kind);
  const things = await api.list().catch((error: unknown) => {
    throw webFailure(`listing ${kind}`, error, { SecurityError: notAllowed(kind) });
  });
  const thing = things.find((each) => api.portsOf(each).some(({ id }) => id === port.id));
  if (thing === undefined) throw new DeviceError('not-found', `${port.path} is not attached`);
  try {
    return await api.open(thing, port, options);
  } catch (error) {
    // Browsers do not say that it was unplugged meanwhile: they say that it cannot be opened.
    const left = await api.list().catch(() => things);
    if (left.includes(thing)) throw error;
    throw new DeviceError('not-found', `${port.path} has gone`, { cause: error });
  }
}

async function chooseThings<K extends WebKind, T extends object>(
  kind: K,
  api: WebApi<K, T>,
  matches: readonly PortMatch<K>[],
): Promise<readonly T[]> {
  try {
    return await api.choose(matches);
  } catch (error) {
    // The person closed the dialog.
    if (nameOf(error) === 'NotFoundError') return [];
    const meanings: Meanings = {
      SecurityError: notAllowed(kind),
      NotSupportedError: IN_A_WORKER,
      TypeError: INVALID,
    };
    throw webFailure(`asking for a ${kind} device`, error, meanings);
  }
}

const IN_A_WORKER: Meaning = {
  code: 'unsupported',
  remedy: 'ask in the page itself: a worker cannot show the dialog',
};

function notAllowed(kind: WebKind): Meaning {
  return {
    code: 'access-denied',
    remedy: `call request() in a click handler, before anything is awaited; ${permissionRemedy(kind)}`,
  };
}

function unavailable(kind: WebKind): DeviceError {
  const { message, remedy } = missingApi(kind);
  return new DeviceError('unsupported', message, { remedy });
}

function failedListing(kind: WebKind, error: unknown): Diagnostic {
  return {
    code: `${kind}.failed`,
    severity: 'error',
    message: `${apiName(kind)} could not list devices: ${textOf(error)}`,
    remedy: 'load the page again',
  };
}
