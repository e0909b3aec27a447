import { DeviceError, DeviceLife, type DeviceInfo, type End } from '@buergerkoffer/core';
import {
  seededRandom,
  simulate,
  type FaultScript,
  type KnownFaults,
  type Losable,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import {
  concat,
  concatMap,
  from,
  ignoreElements,
  map,
  NEVER,
  tap,
  throwError,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import type { ModemReading } from '../link-state.js';
import { MODEM, type LinkOptions, type LinkState, type Modem, type ModemCapabilities } from '../modem.js';
import { NO_SIGNAL } from '../quality/signal.js';
import { villageDrive, type SignalSample } from '../synthesis/village-drive.js';
import { watchLink } from '../watch-link.js';

/** What keeps a simulated modem from a network, for as long as it lives. */
export type ModemTrouble = 'no-sim' | 'pin-needed' | 'puk-needed' | 'denied' | 'searching';

/** How a simulated modem behaves. */
export interface SimulatedModemOptions extends SimulationOptions {
  /** Signal over time, one sample per reading; the last one stays. Default: a seeded drive through a village. */
  readonly curve?: readonly SignalSample[];
  /** Default none: it registers, then attaches, wherever the curve has network. */
  readonly trouble?: ModemTrouble;
  /** Default `home`. */
  readonly network?: 'home' | 'roaming';
  /** Default an invented operator. */
  readonly operator?: string;
}

const INFO: DeviceInfo = { maker: 'Bürgerkoffer SDK', model: 'Simulated LTE modem', simulated: true };
const PACE_MS = 40;
const ANSWER_MS = 3_000;

/**
 * A modem that plays a signal curve, one reading every `paceMs` (default 40) milliseconds of simulated driving;
 * `pollMs` of the caller is not waited for. Faults of `link`: `time-out` (falls silent after the first reading),
 * `stall` (answers nonsense), `vanish` (unplugged after the first reading); any other is refused
 * with `unsupported` here, or when it is planned.
 */
export function simulatedModem(options: SimulatedModemOptions = {}): Simulated<Modem> {
  const random = seededRandom(options.seed ?? 1).fork('signal');
  const curve = options.curve ?? villageDrive(() => random.normal());
  const readings = readingsOf(curve, options);
  return simulate(
    MODEM,
    INFO,
    options,
    ({ faults, vanish }) => new PlayingModem(readings, options, faults, vanish),
    FAULTS,
  );
}

const FAULTS: KnownFaults = {
  thing: 'a simulated modem',
  operations: { link: ['time-out', 'stall', 'vanish'] },
};

/** One reading per sample, and where coverage begins one more: registered first, attached with the next. */
function readingsOf(curve: readonly SignalSample[], options: SimulatedModemOptions): readonly ModemReading[] {
  return curve.flatMap((sample, index) => {
    const reading = readingOf(sample, options);
    const begins = (curve[index - 1] ?? 'no-network') === 'no-network';
    return begins && reading.attached ? [{ ...reading, attached: false }, reading] : [reading];
  });
}

function readingOf(sample: SignalSample, options: SimulatedModemOptions): ModemReading {
  const covered = sample !== 'no-network';
  const none: ModemReading = {
    sim: 'ready',
    registration: 'searching',
    attached: false,
    technology: 'unknown',
    signal: covered ? sample : NO_SIGNAL,
  };
  switch (options.trouble) {
    case 'no-sim':
      return { ...none, sim: 'absent' };
    case 'pin-needed':
      return { ...none, sim: 'pin' };
    case 'puk-needed':
      return { ...none, sim: 'puk' };
    case 'denied':
      return { ...none, registration: 'denied' };
    case 'searching':
      return none;
    case undefined:
      if (!covered) return none;
      return {
        ...none,
        registration: options.network ?? 'home',
        attached: true,
        technology: 'lte',
        operator: options.operator ?? 'Simulierter Netzbetreiber',
      };
    default:
      return options.trouble satisfies never;
  }
}

class PlayingModem implements Modem, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: ModemCapabilities = { signal: 'lte' };
  readonly #life = new DeviceLife();
  readonly #readings: readonly ModemReading[];
  readonly #paceMs: number;
  readonly #faults: FaultScript;
  readonly #vanish: () => void;

  constructor(
    readings: readonly ModemReading[],
    options: SimulatedModemOptions,
    faults: FaultScript,
    vanish: () => void,
  ) {
    this.info = { ...INFO, ...options.info, simulated: true };
    this.#readings = readings;
    this.#paceMs = options.paceMs ?? PACE_MS;
    this.#faults = faults;
    this.#vanish = vanish;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  link(options: LinkOptions = {}): Observable<LinkState> {
    return this.#life.gate.stream('link', () => watchLink(this.#answers(options), options));
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    this.#life.lose(error);
  }

  #answers(options: LinkOptions): Observable<ModemReading> {
    const fault = this.#faults.take('link');
    switch (fault?.type) {
      case undefined:
        return concat(this.#play(this.#readings), NEVER);
      case 'time-out': {
        const silence = options.answerMs ?? ANSWER_MS;
        return concat(this.#play(this.#readings.slice(0, 1)), NEVER.pipe(deadline(silence)));
      }
      case 'stall':
        return concat(
          this.#play(this.#readings.slice(0, 1)),
          throwError(() => new DeviceError('protocol', 'the modem answers what no modem answers')),
        );
      case 'vanish':
        return concat(
          this.#play(this.#readings.slice(0, 1)),
          timer(this.#paceMs).pipe(this.#unplugged()),
          NEVER,
        );
      case 'retry':
      case 'jam':
      case 'paper-out':
        return throwError(
          () => new DeviceError('unsupported', `a modem does not know the fault ${fault.type}`),
        );
      default:
        return fault satisfies never;
    }
  }

  #play(readings: readonly ModemReading[]): Observable<ModemReading> {
    return from(readings).pipe(concatMap((reading) => timer(this.#paceMs).pipe(map(() => reading))));
  }

  #unplugged() {
    return (source: Observable<unknown>): Observable<never> =>
      source.pipe(
        tap(() => {
          this.#vanish();
        }),
        ignoreElements(),
      );
  }
}

function deadline(ms: number) {
  return (source: Observable<never>): Observable<never> =>
    source.pipe(
      timeout({
        each: ms,
        with: () => throwError(() => new DeviceError('timeout', `the modem was silent for ${ms} ms`)),
      }),
    );
}
