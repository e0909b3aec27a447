import { combineLatest, distinctUntilChanged, filter, map, Observable } from 'rxjs';
import type { Diagnostic } from '../bus.js';
import type { DeviceKind } from '../device.js';
import type { DeviceSource, Offer } from '../source.js';
import type { ChildOffer } from '../wire/child-message.js';
import type { Connect } from '../wire/connection.js';
import { MAX_FRAME_BYTES } from '../wire/frame.js';
import { Supervisor } from '../wire/supervisor.js';
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
export function connectedSource(connect: Connect, options: ConnectionOptions): DeviceSource {
  const id = options.id ?? 'process';
  const supervisor = new Supervisor(connect, {
    id,
    heartbeatMs: options.heartbeatMs ?? 1_000,
    silenceMs: options.silenceMs ?? 5_000,
    startMs: options.startMs ?? 15_000,
    restartMs: options.restartMs ?? 500,
    openMs: options.openMs ?? 14_000,
    maxFrameBytes: options.maxFrameBytes ?? MAX_FRAME_BYTES,
  });
  const offerOf = (child: ChildOffer): readonly Offer[] => {
    const kind = options.kinds.find((one) => one.id === child.kind);
    if (kind === undefined) return [];
    const open = (signal: AbortSignal) => supervisor.open(child.id, kind, signal);
    return [{ ...child, kind, ports: [], open }];
  };
  const strange = (offers: readonly ChildOffer[] | undefined): readonly Diagnostic[] => {
    const known = new Set(options.kinds.map((kind) => kind.id));
    const unknown = new Set(offers?.map(({ kind }) => kind).filter((kind) => !known.has(kind)));
    return [...unknown].map((kind) => unknownKind(id, kind));
  };
  return {
    id,
    offers: new Observable<readonly Offer[]>((subscriber) => {
      const release = supervisor.hold();
      const lists = supervisor.offers.pipe(
        filter((offers) => offers !== undefined),
        map((offers) => offers.flatMap(offerOf)),
      );
      subscriber.add(lists.subscribe(subscriber));
      subscriber.add(release);
    }),
    diagnostics: combineLatest([supervisor.diagnostics, supervisor.offers]).pipe(
      map(([diagnostics, offers]) => [...diagnostics, ...strange(offers)]),
      distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
    ),
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
