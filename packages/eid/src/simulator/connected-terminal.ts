import { DeviceError, DeviceLife, type DeviceInfo, type End } from '@buergerkoffer/core';
import type { Fault, Losable } from '@buergerkoffer/core/simulation';
import {
  concat,
  defer,
  delay,
  EMPTY,
  filter,
  from,
  ignoreElements,
  map,
  merge,
  mergeMap,
  NEVER,
  of,
  Subscription,
  switchMap,
  take,
  tap,
  throwError,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import type {
  CardChannel,
  CardState,
  CardTerminal,
  CardTerminalCapabilities,
  ConnectOptions,
} from '../card-terminal.js';
import type { CardSlot } from './card-slot.js';
import type { SimulatedCard } from './simulated-card.js';
import { SimulatedChannel, type ChannelWorks } from './simulated-channel.js';

const PATIENCE_MS = 30_000;

/** What one connection to a simulated terminal needs of it. */
export interface TerminalWorks extends ChannelWorks {
  readonly info: DeviceInfo;
  readonly capabilities: CardTerminalCapabilities;
  readonly slot: CardSlot;
}

/** An open simulated terminal. */
export class ConnectedTerminal implements CardTerminal, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: CardTerminalCapabilities;
  readonly #works: TerminalWorks;
  readonly #life = new DeviceLife();

  constructor(works: TerminalWorks) {
    this.info = works.info;
    this.capabilities = works.capabilities;
    this.#works = works;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  card(): Observable<CardState> {
    return defer(() => {
      const over = this.#life.over;
      if (over !== undefined) return throwError(() => over);
      return merge(this.#works.slot.cards.pipe(map(stateOf)), this.#ending());
    });
  }

  connect(options: ConnectOptions = {}, signal?: AbortSignal): Promise<CardChannel> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const session = new Subscription();
      let channel: SimulatedChannel | undefined;
      const onAbort = (): void => {
        session.unsubscribe();
        // An abort reason belongs to the caller: whatever it is, it is what the promise rejects with.
        reject(signal?.reason);
      };
      const settled = (): void => {
        signal?.removeEventListener('abort', onAbort);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const connecting = this.#session(options.patienceMs ?? PATIENCE_MS).subscribe({
        next: (opened) => {
          settled();
          channel = opened;
          void opened.ended.then(() => {
            session.unsubscribe();
          });
          resolve(opened);
        },
        error: (error: unknown) => {
          settled();
          const reason = DeviceError.from(error, 'protocol', 'the terminal failed');
          if (channel === undefined) reject(reason);
          else if (reason.code === 'closed') void channel.close();
          else channel.lose(reason);
        },
      });
      session.add(connecting);
    });
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    this.#life.lose(error);
  }

  /** One channel, then silence until the terminal ends; whoever unsubscribes frees the slot. */
  #session(patienceMs: number): Observable<SimulatedChannel> {
    return this.#life.gate.stream('connect', () =>
      defer(() => concat(this.#obstacle(this.#works.faults.take('connect')), this.#firstCard())).pipe(
        timeout({ first: patienceMs, with: () => throwError(() => noCard(patienceMs)) }),
        switchMap((card) => this.#channelTo(card)),
      ),
    );
  }

  #firstCard(): Observable<SimulatedCard> {
    return this.#works.slot.cards.pipe(
      filter((card) => card !== undefined),
      take(1),
      delay(this.#works.paceMs),
    );
  }

  #channelTo(card: SimulatedCard): Observable<SimulatedChannel> {
    return defer(() => {
      const channel = new SimulatedChannel(card, this.#works);
      const taken = this.#works.slot.cards.pipe(
        filter((present) => present !== card),
        tap(() => {
          channel.lose(new DeviceError('lost', 'the card was taken out', { remedy: CARD_REMEDY }));
        }),
        ignoreElements(),
      );
      return merge(of(channel), taken, NEVER);
    });
  }

  #obstacle(fault: Fault | undefined): Observable<never> {
    const { paceMs, vanish } = this.#works;
    switch (fault?.type) {
      case undefined:
        return EMPTY;
      case 'time-out':
        return NEVER;
      case 'stall':
        return throwError(
          () => new DeviceError('protocol', 'the card does not answer to reset', { remedy: CARD_REMEDY }),
        );
      case 'vanish':
        return concat(
          timer(paceMs).pipe(
            tap(() => {
              vanish();
            }),
            ignoreElements(),
          ),
          NEVER,
        );
      case 'retry':
      case 'jam':
      case 'paper-out':
        return throwError(
          () =>
            new DeviceError(
              'unsupported',
              `connect of a card terminal does not know the fault ${fault.type}`,
            ),
        );
      default:
        return fault satisfies never;
    }
  }

  #ending(): Observable<never> {
    return from(this.#life.ended).pipe(
      mergeMap((end) =>
        throwError(() =>
          end.reason === 'lost' ? end.error : new DeviceError('closed', 'the card terminal was closed'),
        ),
      ),
    );
  }
}

const CARD_REMEDY = 'lay the card on the terminal again and leave it there';

function stateOf(card: SimulatedCard | undefined): CardState {
  return card === undefined ? { state: 'absent' } : { state: 'present', atr: card.atr };
}

function noCard(patienceMs: number): DeviceError {
  return new DeviceError('timeout', `no card was there within ${patienceMs} ms`, { remedy: CARD_REMEDY });
}
