import { BehaviorSubject, type Observable } from 'rxjs';
import { DeviceError } from '@buergerkoffer/core';
import { TurnQueue, type TakeBack } from '../turn-queue.js';
import type { VirtualCard } from './virtual-card.js';

/** What came of a command: the card's response, or its code threw. */
export type CardAnswer =
  | { readonly status: 'ok'; readonly data: Uint8Array }
  | { readonly status: 'failed'; readonly error: unknown };

/** A card in a slot: it does one command after the other, whoever gave them, and whether or not they still wait. */
export interface InsertedCard {
  readonly card: VirtualCard;
  readonly commands: TurnQueue<CardAnswer>;
}

/** One slot: what is in it, and who has a connection to it. */
export class CardSlot {
  /** The current card first, undefined for none, then every change. */
  readonly inserted: Observable<InsertedCard | undefined>;
  readonly #inserted = new BehaviorSubject<InsertedCard | undefined>(undefined);
  readonly #modes = new Set<{ readonly mode: 'exclusive' | 'shared' }>();

  constructor() {
    this.inserted = this.#inserted.asObservable();
  }

  insert(card: VirtualCard): void {
    const commands = new TurnQueue<CardAnswer>((error) => ({ status: 'failed', error }));
    this.#inserted.next({ card, commands });
  }

  remove(): void {
    this.#inserted.next(undefined);
  }

  /** The card for a new connection, and how to give it up; throws `attention` without a card, `busy`. */
  take(mode: 'exclusive' | 'shared'): { readonly inserted: InsertedCard; readonly giveUp: TakeBack } {
    const inserted = this.#inserted.value;
    if (inserted === undefined) throw new DeviceError('attention', 'there is no card in the reader');
    const others = [...this.#modes];
    if (others.length > 0 && (mode === 'exclusive' || others.some((other) => other.mode === 'exclusive'))) {
      throw new DeviceError('busy', 'somebody else has a connection to the card');
    }
    const holder = { mode };
    this.#modes.add(holder);
    return {
      inserted,
      giveUp: () => {
        this.#modes.delete(holder);
      },
    };
  }
}
