import { BehaviorSubject, map, Observable, takeWhile } from 'rxjs';
import {
  DeviceError,
  DeviceLife,
  type CardConnection,
  type CardPresence,
  type CardTransport,
  type PcscPort,
} from '@buergerkoffer/core';
import type { VirtualHardware } from '../lab-bus.js';
import { lossOf, onAbort } from '../signals.js';

/** A card as it answers: its ATR, and a response including SW1 SW2 for each command. */
export interface VirtualCard {
  readonly atr: Uint8Array;
  transmit(command: Uint8Array): Promise<Uint8Array>;
}

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
  const slot = new BehaviorSubject<VirtualCard | undefined>(undefined);
  return {
    port,
    card: slot.asObservable(),
    insert: (card) => {
      slot.next(card);
    },
    remove: () => {
      slot.next(undefined);
    },
    connect: (_, unplugged) => Promise.resolve(connectReader(slot, unplugged)),
  };
}

function connectReader(
  slot: BehaviorSubject<VirtualCard | undefined>,
  unplugged: AbortSignal,
): CardTransport {
  const life = new DeviceLife();
  onAbort(unplugged, () => {
    life.lose(lossOf(unplugged));
  });
  const presence = slot.pipe(
    map((card): CardPresence =>
      card === undefined ? { state: 'absent' } : { state: 'present', atr: card.atr },
    ),
  );
  return {
    ended: life.ended,
    close: () => life.close(),
    card: new Observable((subscriber) => {
      subscriber.add(presence.subscribe(subscriber));
      void life.ended.then((end) => {
        if (end.reason === 'lost') subscriber.error(end.error);
        else subscriber.complete();
      });
    }),
    connect: async () => {
      await Promise.resolve();
      if (life.over !== undefined) throw life.over;
      const card = slot.value;
      if (card === undefined) throw new DeviceError('attention', 'there is no card in the reader');
      return connectCard(card, slot, life);
    },
    control: () => Promise.reject(new DeviceError('unsupported', 'this reader has no features of its own')),
  };
}

function connectCard(
  card: VirtualCard,
  slot: Observable<VirtualCard | undefined>,
  reader: DeviceLife,
): CardConnection {
  const life = new DeviceLife();
  const gone = (error: DeviceError): void => {
    life.lose(error);
  };
  const takenOut = (): void => {
    gone(new DeviceError('lost', 'the card was taken out'));
  };
  const watch = slot
    .pipe(takeWhile((now) => now === card))
    .subscribe({ complete: takenOut, error: takenOut });
  void reader.ended.then((end) => {
    gone(end.reason === 'lost' ? end.error : new DeviceError('lost', 'the reader was closed'));
  });
  void life.ended.then(() => {
    watch.unsubscribe();
  });
  return {
    atr: card.atr,
    ended: life.ended,
    close: () => life.close(),
    transmit: (command, options) =>
      life.gate.call('transmit', () => card.transmit(command.slice()), options?.signal),
  };
}
