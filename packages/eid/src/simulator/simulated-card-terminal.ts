import type { DeviceInfo } from '@buergerkoffer/core';
import {
  simulate,
  type KnownFaults,
  type Simulated,
  type SimulationOptions,
} from '@buergerkoffer/core/simulation';
import { CARD_TERMINAL, type CardTerminal, type CardTerminalCapabilities } from '../card-terminal.js';
import { CardSlot } from './card-slot.js';
import { ConnectedTerminal } from './connected-terminal.js';
import { simulatedIdCard, type SimulatedCard } from './simulated-card.js';

/** How a simulated card terminal is built; nothing about it is random, `seed` changes nothing. */
export interface SimulatedCardTerminalOptions extends SimulationOptions {
  /** The card that lies in it at the beginning; `none` leaves it empty. Default a specimen identity card. */
  readonly card?: SimulatedCard | 'none';
  /** Overrides: default a basic reader without display, key pad and PACE. */
  readonly capabilities?: Partial<CardTerminalCapabilities>;
}

/** A simulated terminal on the table, and a hand that lays cards on it. */
export interface SimulatedCardTerminal extends Simulated<CardTerminal> {
  /** Lays a card on it, by default a specimen identity card; one that lies there is taken off first. */
  insert(card?: SimulatedCard): void;
  /** Takes the card off: an open channel is lost before this returns. */
  remove(): void;
}

const INFO: DeviceInfo = { maker: 'Bürgerkoffer SDK', model: 'Simulated card terminal', simulated: true };
const BASIC: CardTerminalCapabilities = { readerClass: 'basic', display: false, pinPad: false, pace: false };
const PACE_MS = 5;
const FAULTS: KnownFaults = {
  thing: 'a simulated card terminal',
  operations: { connect: ['time-out', 'stall', 'vanish'], transmit: ['time-out', 'stall', 'vanish'] },
};

/**
 * A card terminal with a specimen card; every answer takes `paceMs` (default 5) milliseconds. Faults of `connect` and of `transmit`:
 * `time-out` (silence until the deadline), `stall` (nonsense), `vanish` (the terminal is unplugged). Any other is refused with
 * `unsupported` here, or when it is planned.
 */
export function simulatedCardTerminal(options: SimulatedCardTerminalOptions = {}): SimulatedCardTerminal {
  const { card = simulatedIdCard() } = options;
  const slot = new CardSlot(card === 'none' ? undefined : card);
  const simulated = simulate(
    CARD_TERMINAL,
    INFO,
    options,
    (world) =>
      new ConnectedTerminal({
        ...world,
        capabilities: { ...BASIC, ...options.capabilities },
        slot,
        paceMs: options.paceMs ?? PACE_MS,
      }),
    FAULTS,
  );
  return {
    ...simulated,
    insert: (inserted = simulatedIdCard()) => {
      slot.insert(inserted);
    },
    remove: () => {
      slot.remove();
    },
  };
}
