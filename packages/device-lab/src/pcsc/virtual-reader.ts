import { map, type Observable } from 'rxjs';
import type { PcscPort } from '@buergerkoffer/core';
import type { VirtualHardware } from '../lab-bus.js';
import { CardSlot } from './card-slot.js';
import type { VirtualCard } from './virtual-card.js';
import { VirtualCardTransport } from './virtual-card-transport.js';

/** A card reader with one slot on a lab bus. */
export interface VirtualReader extends VirtualHardware<'pcsc'> {
  /** What is in the slot: the current card first, undefined for none, then every change. */
  readonly card: Observable<VirtualCard | undefined>;
  /** Puts `card` into the slot. */
  insert(card: VirtualCard): void;
  /** Takes the card out: connections to it end as `lost`. */
  remove(): void;
}

/** A reader whose slot is empty at first; it has no features of its own, `control` is `unsupported`. */
export function virtualReader(port: PcscPort): VirtualReader {
  const slot = new CardSlot();
  return {
    port,
    card: slot.inserted.pipe(map((inserted) => inserted?.card)),
    insert: (card) => {
      slot.insert(card);
    },
    remove: () => {
      slot.remove();
    },
    connect: (_, unplugged) => Promise.resolve(new VirtualCardTransport(slot, unplugged)),
  };
}
