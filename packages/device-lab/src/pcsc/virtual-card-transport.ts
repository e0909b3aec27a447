import { filter, map, Observable } from 'rxjs';
import {
  DeviceError,
  DeviceLife,
  type CallOptions,
  type CardConnection,
  type CardPresence,
  type CardTransport,
} from '@buergerkoffer/core';
import { pendingCall } from '../pending-call.js';
import { lossOf, onAbort } from '../signals.js';
import type { CardAnswer, CardSlot, InsertedCard } from './card-slot.js';

/** A reader of this process, opened. It has no features of its own. */
export class VirtualCardTransport implements CardTransport {
  readonly ended;
  readonly card: Observable<CardPresence>;
  readonly #slot: CardSlot;
  readonly #life: DeviceLife;
  readonly #connections = new Set<VirtualCardConnection>();

  /** `unplugged` is aborted, with the `lost` error as reason, when the plug is pulled. */
  constructor(slot: CardSlot, unplugged: AbortSignal) {
    this.#slot = slot;
    this.#life = new DeviceLife(async () => {
      await Promise.all([...this.#connections].map((connection) => connection.close()));
    });
    this.ended = this.#life.ended;
    this.card = presenceUntil(slot, this.#life);
    onAbort(
      unplugged,
      () => {
        const error = lossOf(unplugged);
        this.#life.lose(error);
        for (const connection of this.#connections) connection.lose(error);
      },
      this.ended,
    );
  }

  async connect(mode: 'exclusive' | 'shared', { signal }: CallOptions = {}): Promise<CardConnection> {
    await Promise.resolve();
    signal?.throwIfAborted();
    if (this.#life.over !== undefined) throw this.#life.over;
    const { inserted, giveUp } = this.#slot.take(mode);
    const connection = new VirtualCardConnection(inserted, this.#slot);
    this.#connections.add(connection);
    void connection.ended.then(() => {
      this.#connections.delete(connection);
      giveUp();
    });
    return connection;
  }

  control(): Promise<Uint8Array> {
    return Promise.reject(
      this.#life.over ?? new DeviceError('unsupported', 'this reader has no features of its own'),
    );
  }

  close(): Promise<void> {
    return this.#life.close();
  }
}

class VirtualCardConnection implements CardConnection {
  readonly atr: Uint8Array;
  readonly ended;
  readonly #inserted: InsertedCard;
  readonly #life: DeviceLife;
  readonly #over = new AbortController();
  #pending = false;

  constructor(inserted: InsertedCard, slot: CardSlot) {
    this.atr = inserted.card.atr;
    this.#inserted = inserted;
    const watch = slot.inserted.pipe(filter((now) => now !== inserted)).subscribe({
      next: () => {
        this.lose(new DeviceError('lost', 'the card was taken out'));
      },
      error: (error: unknown) => {
        this.lose(DeviceError.from(error, 'lost', 'the slot failed'));
      },
    });
    this.#life = new DeviceLife(() => {
      watch.unsubscribe();
      return Promise.resolve();
    });
    this.ended = this.#life.ended;
  }

  async transmit(command: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    if (this.#pending) throw new DeviceError('busy', 'the card is at a command of this connection');
    this.#pending = true;
    const { card, commands } = this.#inserted;
    const work = async (): Promise<CardAnswer> => ({
      status: 'ok',
      data: await card.transmit(command.slice()),
    });
    try {
      const answer = await pendingCall<CardAnswer>('transmit', options, this.#over.signal, (answered) =>
        commands.submit(work, answered),
      );
      if (answer.status === 'ok') return answer.data;
      throw new DeviceError('protocol', 'the card failed at a command', { cause: answer.error });
    } finally {
      this.#pending = false;
    }
  }

  lose(error: DeviceError): void {
    this.#life.lose(error);
    this.#over.abort(error);
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the connection to the card was closed'));
    return this.#life.close();
  }
}

/** What is in the slot until the reader has ended. */
function presenceUntil(slot: CardSlot, life: DeviceLife): Observable<CardPresence> {
  const presence = slot.inserted.pipe(
    map((now): CardPresence =>
      now === undefined ? { state: 'absent' } : { state: 'present', atr: now.card.atr },
    ),
  );
  return new Observable((subscriber) => {
    if (life.over === undefined) subscriber.add(presence.subscribe(subscriber));
    void life.ended.then((end) => {
      if (end.reason === 'lost') subscriber.error(end.error);
      else subscriber.complete();
    });
  });
}
