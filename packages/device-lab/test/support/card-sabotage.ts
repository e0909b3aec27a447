import { distinctUntilChanged, filter, map, NEVER, Observable, shareReplay, skip, type Observer } from 'rxjs';
import { DeviceError, type CardConnection, type CardPresence, type CardTransport } from '@buergerkoffer/core';
import { around, overlay, type Sabotage } from './sabotage.js';

/** What a card reader can do wrong with its slot and with commands, and the case that catches it. */
export const CARD_SABOTAGE: readonly Sabotage<'pcsc'>[] = [
  {
    does: 'calls an empty slot not found',
    caughtBy: 'an empty slot says so, and a connection to it needs attention',
    transport: (reader) =>
      around(reader, (make, options) =>
        make(options).catch((error: unknown) => {
          if (!(error instanceof DeviceError) || error.code !== 'attention') throw error;
          throw new DeviceError('not-found', 'no card');
        }),
      ),
  },
  {
    does: 'tells of changes twice',
    caughtBy: 'the slot tells of a card that comes, with its ATR, and of one that goes',
    transport: (reader) =>
      overlay(reader, {
        card: slot(reader, (presence, observer) => {
          observer.next(presence);
          observer.next(presence);
        }),
      }),
  },
  {
    does: 'tells of the next change only',
    caughtBy: 'a card that was put in before is told first',
    transport: (reader) => overlay(reader, { card: reader.card.pipe(skip(1)) }),
  },
  {
    does: 'never completes its slot',
    caughtBy: 'the slot completes when the reader is closed',
    transport: (reader) =>
      overlay(reader, {
        card: new Observable((subscriber) =>
          reader.card.subscribe({
            next: (presence) => {
              subscriber.next(presence);
            },
            error: (error: unknown) => {
              subscriber.error(error);
            },
          }),
        ),
      }),
  },
  {
    does: 'completes its slot at a loss',
    caughtBy: 'the slot hears of the loss of its reader',
    transport: (reader) =>
      overlay(reader, {
        card: new Observable((subscriber) =>
          reader.card.subscribe({
            next: (presence) => {
              subscriber.next(presence);
            },
            error: () => {
              subscriber.complete();
            },
            complete: () => {
              subscriber.complete();
            },
          }),
        ),
      }),
  },
  {
    does: 'shows the slot of the first reader as that of all',
    caughtBy: 'two readers of one model are told apart, and so are their slots',
    bus: (bus) => {
      let card: Observable<CardPresence> | undefined;
      return overlay(bus, {
        open: async (port, options, signal) => {
          const reader = await bus.open(port, options, signal);
          card ??= reader.card.pipe(shareReplay({ bufferSize: 1, refCount: true }));
          return overlay(reader, { card });
        },
      });
    },
  },
  {
    does: 'keeps a connection when the card is taken out',
    caughtBy: 'a connection is lost when the card is taken out, its reader is not',
    transport: (reader) =>
      connecting(reader, (card) => overlay(card, { ended: new Promise(() => undefined) })),
  },
  {
    does: 'waits for the answer of a card that was taken out',
    caughtBy: 'a command is lost when the card is taken out meanwhile',
    transport: (reader) =>
      connecting(reader, (card) =>
        overlay(card, {
          transmit: (command, options) =>
            card.transmit(command, options).catch((error: unknown) => {
              if (!(error instanceof DeviceError) || error.code !== 'lost') throw error;
              return new Promise(() => undefined);
            }),
        }),
      ),
  },
  {
    does: 'forgets its connections when it is unplugged',
    caughtBy: 'a connection is lost with its reader',
    transport: (reader) =>
      connecting(reader, (card) => overlay(card, { ended: new Promise(() => undefined) })),
  },
  {
    does: 'cuts commands after 254 bytes',
    caughtBy: 'commands and answers of every short size pass',
    transport: (reader) =>
      connecting(reader, (card) =>
        overlay(card, { transmit: (command, options) => card.transmit(command.subarray(0, 255), options) }),
      ),
  },
  {
    does: 'has no extended commands',
    caughtBy: 'commands of every extended size pass',
    transport: (reader) =>
      connecting(reader, (card) =>
        overlay(card, {
          transmit: (command, options) =>
            command.length > 261
              ? Promise.reject(new DeviceError('unsupported', 'too long'))
              : card.transmit(command, options),
        }),
      ),
  },
  {
    does: 'answers 258 bytes at most',
    caughtBy: 'answers of every extended size pass',
    transport: (reader) =>
      answering(reader, (answer) =>
        answer.length > 258 ? new Uint8Array([...answer.subarray(0, 256), ...answer.subarray(-2)]) : answer,
      ),
  },
  {
    does: 'throws at a status that tells of an error',
    caughtBy: 'a status that tells of an error is an answer',
    transport: (reader) =>
      answering(reader, (answer) => {
        if (answer.at(-2) !== 0x90) throw new DeviceError('protocol', 'the card refuses');
        return answer;
      }),
  },
  {
    does: 'tells no ATR',
    caughtBy: 'a connection tells the ATR of its card',
    transport: (reader) => connecting(reader, (card) => overlay(card, { atr: new Uint8Array(0) })),
  },
  {
    does: 'shares what was asked for exclusively',
    caughtBy: 'a card that is held exclusively is busy for everybody else until its connection is closed',
    transport: (reader) => overlay(reader, { connect: (_, options) => reader.connect('shared', options) }),
  },
  {
    does: 'gives the card to one at a time',
    caughtBy: 'shared connections stand beside one another, and nobody gets the card to itself meanwhile',
    transport: (reader) => overlay(reader, { connect: (_, options) => reader.connect('exclusive', options) }),
  },
  {
    does: 'queues commands of one connection',
    caughtBy: 'a second command of a connection is busy while the first is under way',
    transport: (reader) =>
      connecting(reader, (card) => {
        let last: Promise<unknown> = Promise.resolve();
        return overlay(card, {
          transmit: (command, options) => {
            const work = last.catch(() => undefined).then(() => card.transmit(command, options));
            last = work;
            return work;
          },
        });
      }),
  },
  {
    does: 'takes the answer to an aborted command for that to the next',
    caughtBy: 'the answer to an aborted command is not taken for that to the next',
    transport: (reader) =>
      connecting(reader, (card) => {
        let stale: Promise<Uint8Array> | undefined;
        return overlay(card, {
          transmit: (command, options = {}) => {
            const answer = stale;
            stale = undefined;
            if (answer !== undefined) return answer;
            const { signal } = options;
            if (signal === undefined) return card.transmit(command, options);
            signal.throwIfAborted();
            const native = card.transmit(command);
            return new Promise((resolve, reject) => {
              signal.addEventListener('abort', () => {
                stale = native;
                reject(signal.reason as Error);
              });
              native.then(resolve, reject);
            });
          },
        });
      }),
  },
  {
    does: 'fails at the second close() of a connection',
    caughtBy: 'a closed connection refuses commands, and closing it twice is closing it once',
    transport: (reader) =>
      connecting(reader, (card) => {
        let closed = false;
        return overlay(card, {
          close: async () => {
            if (closed) throw new DeviceError('closed', 'closed already');
            closed = true;
            await card.close();
          },
        });
      }),
  },
  {
    does: 'waits for the card when a connection is closed',
    caughtBy: 'closing a connection ends its command as closed, and the card can be had again',
    transport: (reader) =>
      connecting(reader, (card) => {
        let pending: Promise<unknown> = Promise.resolve();
        return overlay(card, {
          transmit: (command, options) => {
            const work = card.transmit(command, options);
            pending = work;
            return work;
          },
          close: async () => {
            await pending.catch(() => undefined);
            await card.close();
          },
        });
      }),
  },
  {
    does: 'loses its connections when it is closed',
    caughtBy: 'closing the reader closes its connections',
    transport: (reader) =>
      connecting(reader, (card) => {
        const error = new DeviceError('lost', 'the reader was closed');
        return overlay(card, { ended: card.ended.then(() => ({ reason: 'lost', error }) as const) });
      }),
  },
  {
    does: 'sees no card at all',
    caughtBy: 'the slot tells of a card that comes, with its ATR, and of one that goes',
    transport: (reader) =>
      overlay(reader, {
        card: reader.card.pipe(
          map((): CardPresence => ({ state: 'absent' })),
          distinctUntilChanged(({ state }, next) => state === next.state),
          filter(() => true),
        ),
      }),
  },
  {
    does: 'has no slot',
    caughtBy: 'an empty slot says so, and a connection to it needs attention',
    transport: (reader) => overlay(reader, { card: NEVER }),
  },
];

/** `reader` whose connections are changed. */
function connecting(reader: CardTransport, change: (card: CardConnection) => CardConnection): CardTransport {
  return overlay(reader, {
    connect: async (mode, options) => change(await reader.connect(mode, options)),
  });
}

function answering(reader: CardTransport, change: (answer: Uint8Array) => Uint8Array): CardTransport {
  return connecting(reader, (card) =>
    overlay(card, {
      transmit: async (command, options) => change(await card.transmit(command, options)),
    }),
  );
}

function slot(
  reader: CardTransport,
  next: (presence: CardPresence, observer: Observer<CardPresence>) => void,
): Observable<CardPresence> {
  return new Observable((subscriber) =>
    reader.card.subscribe({
      next: (presence) => {
        next(presence, subscriber);
      },
      error: (error: unknown) => {
        subscriber.error(error);
      },
      complete: () => {
        subscriber.complete();
      },
    }),
  );
}
