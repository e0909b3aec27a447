import { withDeadline } from '@buergerkoffer/core';
import {
  connect,
  distinctUntilChanged,
  exhaustMap,
  map,
  merge,
  Observable,
  of,
  scan,
  startWith,
  switchMap,
  timer,
} from 'rxjs';
import { linkStateOf, type ModemReading, type ServiceState } from './link-state.js';
import type { LinkOptions, LinkState } from './modem.js';
import { smoothSignal, SMOOTHED_READINGS } from './quality/signal.js';

const PROBE_EVERY_MS = 30_000;
const PROBE_MS = 5_000;
const NOT_PROBED: ServiceState = { service: 'not-probed' };

type Change = { readonly readings: readonly ModemReading[] } | { readonly service: ServiceState };

/**
 * The states of the link from `readings`, for drivers and simulators: `unknown` at once, the signal smoothed over
 * three readings, the service probed on attaching and then every `probeEveryMs`. Smoothing starts afresh when the
 * network is lost. Errors of `readings` pass through; a failing probe is a state, not an error.
 */
export function watchLink(
  readings: Observable<ModemReading>,
  options: LinkOptions = {},
): Observable<LinkState> {
  return readings.pipe(
    connect((shared) => merge(shared.pipe(recent()), probing(shared, options))),
    scan((known: Known, change: Change): Known => ({ ...known, ...change }), NOTHING),
    map(({ readings: recentReadings, service }) => stateOf(recentReadings, service)),
    startWith<LinkState>({ state: 'unknown' }),
    distinctUntilChanged((a, b) => JSON.stringify(a) === JSON.stringify(b)),
  );
}

interface Known {
  readonly readings: readonly ModemReading[];
  readonly service: ServiceState;
}

const NOTHING: Known = { readings: [], service: NOT_PROBED };

function stateOf(readings: readonly ModemReading[], service: ServiceState): LinkState {
  const latest = readings.at(-1);
  if (latest === undefined) return { state: 'unknown' };
  const signal = smoothSignal(readings.map((reading) => reading.signal));
  return linkStateOf({ ...latest, signal }, service);
}

function recent() {
  return (readings: Observable<ModemReading>): Observable<Change> =>
    readings.pipe(
      scan((known: readonly ModemReading[], reading: ModemReading): readonly ModemReading[] => {
        const goesOn = known.at(-1)?.registration === reading.registration;
        return [...(goesOn ? known : []), reading].slice(-SMOOTHED_READINGS);
      }, []),
      map((latest) => ({ readings: latest })),
    );
}

function probing(readings: Observable<ModemReading>, options: LinkOptions): Observable<Change> {
  const { probe, probeMs = PROBE_MS, probeEveryMs = PROBE_EVERY_MS } = options;
  return readings.pipe(
    map((reading) => linkStateOf(reading, NOT_PROBED).state === 'attached'),
    distinctUntilChanged(),
    switchMap((attached) =>
      attached && probe !== undefined
        ? timer(0, probeEveryMs).pipe(exhaustMap(() => answerOf(probe, probeMs)))
        : of(NOT_PROBED),
    ),
    map((service) => ({ service })),
  );
}

function answerOf(
  probe: (signal: AbortSignal) => Promise<number>,
  probeMs: number,
): Observable<ServiceState> {
  return new Observable((subscriber) => {
    const abort = new AbortController();
    const answered = (service: ServiceState): void => {
      subscriber.next(service);
      subscriber.complete();
    };
    withDeadline('the probe of the Fachverfahren', probeMs, probe, abort.signal).then(
      (latencyMs) => {
        answered({ service: 'reachable', latencyMs });
      },
      () => {
        answered({ service: 'unreachable' });
      },
    );
    return () => {
      abort.abort();
    };
  });
}
