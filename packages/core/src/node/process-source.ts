import { combineLatest, distinctUntilChanged, map, NEVER, Observable, of, startWith, switchMap } from 'rxjs';
import type { Diagnostic } from '../bus.js';
import type { DeviceKind } from '../device.js';
import type { DeviceSource, Offer } from '../source.js';
import type { ChildOffer } from '../wire/child-message.js';
import { Supervisor } from '../supervision/supervisor.js';
import { MAX_FRAME_BYTES } from '../wire/frame.js';
import { framed, type ByteConnect } from '../wire/framed.js';
import { RemoteSession } from '../wire/remote-session.js';
import { spawnConnect, type ProcessCommand } from './child-process.js';

/** A process with devices, and how it is watched. Times in milliseconds. */
export interface ProcessSourceOptions extends ProcessCommand, ConnectionOptions {}

/** How a process with devices is watched; times in milliseconds. */
export interface ConnectionOptions {
  /** The kinds that are taken from it; devices of other kinds are named in a diagnostic. */
  readonly kinds: readonly DeviceKind[];
  /** Name of the source. Default `process`. */
  readonly id?: string;
  /** Time between two pings. Default 1000. */
  readonly heartbeatMs?: number;
  /** A process that says nothing for this long is ended and started again. Default 5000. */
  readonly silenceMs?: number;
  /** How long it may take from its start to its first message. Default 15000. */
  readonly startMs?: number;
  /** Pause before a restart, doubled with each failure up to 30 s. Default 500. */
  readonly restartMs?: number;
  /** How long opening a device may take, starting the process included. Default 14000. */
  readonly openMs?: number;
  /** The largest message that is taken from it, in bytes. Default 64 MiB. */
  readonly maxFrameBytes?: number;
}

/**
 * The devices of another process, which calls `serveDevices`: a vendor's library or a certified component that
 * must not stop this one. The process runs while somebody watches `offers` or has one of its devices open. When it
 * exits, breaks the protocol or falls silent its devices end as `lost`, a diagnostic says why, and it is started
 * again. Arguments and results are plain data and binary; an AbortSignal among the arguments is forwarded.
 */
export function processSource(options: ProcessSourceOptions): DeviceSource {
  return connectedSource(spawnConnect(options), options);
}

/** The devices behind whatever `connect` starts. */
export function connectedSource(connect: ByteConnect, options: ConnectionOptions): DeviceSource {
  const id = options.id ?? 'process';
  const supervisor = new Supervisor(
    framed(connect, options.maxFrameBytes ?? MAX_FRAME_BYTES),
    (send) => new RemoteSession(send),
    {
      id,
      what: 'process',
      remedy: 'start its command by hand in a shell to see what it writes, and repair its installation',
      heartbeatMs: options.heartbeatMs ?? 1_000,
      silenceMs: options.silenceMs ?? 5_000,
      startMs: options.startMs ?? 15_000,
      restartMs: options.restartMs ?? 500,
      openMs: options.openMs ?? 14_000,
    },
  );
  const offerOf = (child: ChildOffer): readonly Offer[] => {
    const kind = options.kinds.find((one) => one.id === child.kind);
    if (kind === undefined) return [];
    const open = (signal: AbortSignal) =>
      supervisor.open(
        `opening a device in the process ${id}`,
        (session, inner) => session.open(child.id, kind, inner),
        signal,
      );
    return [{ ...child, kind, ports: [], open }];
  };
  const lists = supervisor.running.pipe(
    switchMap((now) => {
      switch (now.state) {
        case 'idle':
          return NEVER;
        case 'running':
          return now.session.offers;
        case 'down':
          return of([]);
        default:
          return now satisfies never;
      }
    }),
  );
  const strange = (offers: readonly ChildOffer[]): readonly Diagnostic[] => {
    const known = new Set(options.kinds.map((kind) => kind.id));
    const unknown = new Set(offers.map(({ kind }) => kind).filter((kind) => !known.has(kind)));
    return [...unknown].map((kind) => unknownKind(id, kind));
  };
  const said = supervisor.running.pipe(
    switchMap((now): Observable<readonly Diagnostic[]> => {
      switch (now.state) {
        case 'idle':
          return of([]);
        case 'running':
          return combineLatest([
            now.session.diagnostics,
            now.session.offers.pipe(map(strange), startWith<readonly Diagnostic[]>([])),
          ]).pipe(map((both) => both.flat()));
        case 'down':
          return of([now.diagnostic]);
        default:
          return now satisfies never;
      }
    }),
  );
  return {
    id,
    offers: new Observable<readonly Offer[]>((subscriber) => {
      const release = supervisor.hold();
      subscriber.add(lists.pipe(map((offers) => offers.flatMap(offerOf))).subscribe(subscriber));
      subscriber.add(release);
    }),
    diagnostics: said.pipe(distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b))),
  };
}

function unknownKind(id: string, kind: string): Diagnostic {
  return {
    code: 'process.unknown-kind',
    severity: 'warning',
    message: `the process of ${id} offers a device of the kind ${kind.slice(0, 60)}, which is not asked of it`,
    remedy: 'add the kind to `kinds` of processSource, or take the device out of the process',
  };
}
