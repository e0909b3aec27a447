import { catchError, concat, from, map, NEVER, Observable, of, switchMap } from 'rxjs';
import type { Bus, Diagnostic, PortEvent } from '../bus.js';
import type { BusKind, Port } from '../port.js';
import { sharedWatch } from '../shared-watch.js';
import type { Connect } from '../supervision/connection.js';
import { Supervisor, type Running, type SupervisorOptions } from '../supervision/supervisor.js';
import { BusSession } from './bus-session.js';

/** How a remote bus is watched. */
export interface RemoteBusOptions extends SupervisorOptions {
  /** Whether buffers can be handed over to the other side, or are copied in any case. */
  readonly transfers: boolean;
}

/** What happens to a bus on the other side: an event of it, or that it cannot tell any more. */
type Told<K extends BusKind> = PortEvent<K> | { readonly type: 'down'; readonly diagnostic: Diagnostic };

/**
 * A bus that runs on the other side of `connect`, where a {@link BusServer} serves it: its ports and transports are
 * used like those of a bus here. A call that never returns there stops nothing here. When the other side ends, breaks
 * the protocol or falls silent its ports are detached, its transports end as `lost`, a diagnostic says why, and it is
 * started again while somebody needs it.
 */
export function remoteBus<K extends BusKind>(kind: K, connect: Connect, options: RemoteBusOptions): Bus<K> {
  const { transfers } = options;
  const supervisor = new Supervisor(connect, (send) => new BusSession(kind, { send, transfers }), options);
  return {
    kind,
    events: sharedWatch(watched(kind, supervisor)),
    open: (port, openOptions, signal) =>
      supervisor.open(
        `opening ${port.path}`,
        (session, inner) => session.open(port, openOptions, inner),
        signal,
      ),
    reset: (port, signal) =>
      supervisor.use(`resetting ${port.path}`, (session, inner) => session.reset(port, inner), signal),
  };
}

function watched<K extends BusKind>(
  kind: K,
  supervisor: Supervisor<BusSession<K>>,
): Observable<PortEvent<K>> {
  return new Observable((subscriber) => {
    const attached = new Map<string, Port<K>>();
    let listed = false;
    const tell = (event: PortEvent<K>): void => {
      if (event.type === 'attached' || event.type === 'changed') attached.set(event.port.id, event.port);
      if (event.type === 'detached') attached.delete(event.port.id);
      listed ||= event.type === 'listed';
      subscriber.next(event);
    };
    const empty = (diagnostic: Diagnostic): void => {
      for (const port of [...attached.values()]) tell({ type: 'detached', port });
      tell({ type: 'diagnostics', diagnostics: [diagnostic] });
      if (!listed) tell({ type: 'listed' });
    };
    const release = supervisor.hold();
    subscriber.add(
      supervisor.running.pipe(switchMap((now) => toldBy(kind, now))).subscribe({
        next: (told) => {
          if (told.type === 'down') empty(told.diagnostic);
          else tell(told);
        },
        error: () => {
          empty(failed(kind));
        },
      }),
    );
    subscriber.add(release);
  });
}

function toldBy<K extends BusKind>(kind: K, now: Running<BusSession<K>>): Observable<Told<K>> {
  switch (now.state) {
    case 'idle':
      return NEVER;
    case 'down':
      return of({ type: 'down', diagnostic: now.diagnostic });
    case 'running': {
      const { session } = now;
      const recovered = from(session.ready).pipe(
        map((): Told<K> => ({ type: 'diagnostics', diagnostics: [] })),
      );
      return concat(recovered, session.events).pipe(
        // A life that is over is told of by the supervisor; here the bus itself has failed.
        catchError(() => (session.over ? NEVER : of<Told<K>>({ type: 'down', diagnostic: failed(kind) }))),
      );
    }
    default:
      return now satisfies never;
  }
}

function failed(kind: BusKind): Diagnostic {
  return {
    code: `${kind}.failed`,
    severity: 'error',
    message: `the ${kind} bus stopped working on the other side`,
    remedy: 'start the application again; the other buses are not affected',
  };
}
