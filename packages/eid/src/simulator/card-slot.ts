import { BehaviorSubject, distinctUntilChanged, type Observable } from 'rxjs';
import type { SimulatedCard } from './simulated-card.js';

/** The slot of a simulated terminal: it outlives every connection, like the card that lies in it. */
export class CardSlot {
  readonly #cards: BehaviorSubject<SimulatedCard | undefined>;

  constructor(card: SimulatedCard | undefined) {
    this.#cards = new BehaviorSubject(card);
  }

  /** The card in the slot first, then every change. */
  get cards(): Observable<SimulatedCard | undefined> {
    return this.#cards.pipe(distinctUntilChanged());
  }

  /** Puts a card in; one that lies there is taken out first. */
  insert(card: SimulatedCard): void {
    this.remove();
    this.#cards.next(card);
  }

  /** Takes the card out. */
  remove(): void {
    this.#cards.next(undefined);
  }
}
