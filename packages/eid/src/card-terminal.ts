import { defineKind, type CardPresence, type Device, type End } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { ResponseApdu } from './apdu/response-apdu.js';

/** What kind of reader it is: TR-03119's classes, or an authority's Änderungs- und Visualisierungsterminal. */
export type ReaderClass = 'basic' | 'standard' | 'comfort' | 'authority';

/** What a card terminal has. */
export interface CardTerminalCapabilities {
  readonly readerClass: ReaderClass;
  /** A display of its own, which shows what is about to be done. */
  readonly display: boolean;
  /** A key pad of its own: the PIN never reaches the host. */
  readonly pinPad: boolean;
  /** Runs PACE and secure messaging itself (FEATURE_EXECUTE_PACE, TR-03119): the host sends plain commands. */
  readonly pace: boolean;
}

/** What lies in the terminal: `absent`, or `present` with the card's answer to reset. */
export type CardState = CardPresence;

/** What {@link CardTerminal.connect} is told. */
export interface ConnectOptions {
  /** How long a card is waited for, in milliseconds. Default 30 000. */
  readonly patienceMs?: number;
}

/** An exclusive connection to the card in the terminal. */
export interface CardChannel {
  /** Answer to reset; a contactless reader makes one up (PC/SC part 3). */
  readonly atr: Uint8Array;
  /**
   * Sends one command APDU and resolves with the answer, whatever its status word; a card has 30 s. Rejects: `invalid-request`
   * for bytes that are no command (nothing is sent), `busy` while another runs, `timeout`, `protocol`, `lost` when
   * card or terminal has gone, `closed`, and `signal.reason`.
   */
  transmit(apdu: Uint8Array, signal?: AbortSignal): Promise<ResponseApdu>;
  /** Settles once, never rejects: `lost` when the card was taken out or the terminal has gone. */
  readonly ended: Promise<End>;
  /** Gives the card free; idempotent. */
  close(): Promise<void>;
}

/** A terminal for contactless identity cards, from a basic reader to the authority's terminal. */
export interface CardTerminal extends Device {
  readonly capabilities: CardTerminalCapabilities;
  /** The present state first, then every change; any number of observers, also while a channel is open. Never completes; errors `lost`, `closed`. */
  card(): Observable<CardState>;
  /**
   * Waits for a card and connects to it alone: until the channel ends, another call is `busy`. Rejects: `timeout`
   * without a card, `protocol` when the card does not answer to reset, `lost`, `closed`, and `signal.reason`.
   */
  connect(options?: ConnectOptions, signal?: AbortSignal): Promise<CardChannel>;
}

/** The kind of device that {@link CardTerminal} is. */
export const CARD_TERMINAL = defineKind<CardTerminal>('card-terminal', 'Kartenterminal', {
  card: 'stream',
  connect: 'call',
});
