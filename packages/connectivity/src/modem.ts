import { defineKind, type Device } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { AccessTechnology } from './at/registration.js';
import type { Signal, SignalQuality } from './quality/signal.js';

/** A mobile network that has taken the SIM in. */
export interface NetworkRegistration {
  /** Roaming is normal in a border municipality: it is reported, never forbidden. */
  readonly network: 'home' | 'roaming';
  readonly technology: AccessTechnology | 'unknown';
  /** Name or number (MCC and MNC) of the operator, where the modem tells it. */
  readonly operator?: string;
  /** Smoothed over three readings. */
  readonly signal: Signal;
  /** Class of the smoothed signal. */
  readonly quality: SignalQuality;
}

/**
 * How far the way to the Fachverfahren reaches, from nothing known to an answer of the service itself.
 * Registered is not online: only an answer of the target service is (a captive portal also attaches).
 */
export type LinkState =
  /** Nothing was read yet; also the first value after a modem was plugged in again. */
  | { readonly state: 'unknown' }
  | { readonly state: 'no-sim' }
  /** A person types it, once; no program ever tries one. */
  | { readonly state: 'pin-needed'; readonly secret: 'pin' | 'puk' }
  | { readonly state: 'searching'; readonly signal: Signal }
  /** The network gives this SIM no data service: refused, SMS only, or emergency calls only. */
  | { readonly state: 'denied' }
  /** In the network, without a packet connection. */
  | ({ readonly state: 'registered' } & NetworkRegistration)
  /** Packets flow; the Fachverfahren was not asked, or has not answered. */
  | ({ readonly state: 'attached'; readonly service: 'not-probed' | 'unreachable' } & NetworkRegistration)
  /** The Fachverfahren has answered; `latencyMs` is what the probe measured, in milliseconds. */
  | ({
      readonly state: 'online';
      readonly reachable: true;
      readonly latencyMs: number;
    } & NetworkRegistration);

/** What {@link Modem.link} is told. */
export interface LinkOptions {
  /**
   * Asks the Fachverfahren for a sign of life (a TLS connection to the configured address; TCP alone may end at a
   * captive portal) and resolves with the latency in milliseconds; rejecting means unreachable. Without it the
   * link is never `online`.
   */
  readonly probe?: (signal: AbortSignal) => Promise<number>;
  /** Milliseconds between two probes while attached. Default 30 000. */
  readonly probeEveryMs?: number;
  /** Deadline of one probe in milliseconds. Default 5 000. */
  readonly probeMs?: number;
  /** Milliseconds between two readings of the modem: 10 000 while a person looks (default), 60 000 otherwise. */
  readonly pollMs?: number;
  /** Deadline of one reading in milliseconds; a modem that is silent for longer is a `timeout`. Default 3 000. */
  readonly answerMs?: number;
}

/** What a modem can tell. */
export interface ModemCapabilities {
  /** `lte`: RSRP and RSRQ are reported; `rssi`: one number only. */
  readonly signal: 'lte' | 'rssi';
}

/**
 * A mobile modem or router: the state of the link, never the traffic. Identities of the device or the
 * subscriber (IMEI, IMSI, ICCID, number) are no part of it.
 */
export interface Modem extends Device {
  readonly capabilities: ModemCapabilities;
  /**
   * The state of the link, the first value (`unknown`) at once, then one value per change. Never completes.
   * Errors: `timeout` when the modem falls silent, `protocol` when it answers nonsense, `lost`, `closed`, `busy`.
   */
  link(options?: LinkOptions): Observable<LinkState>;
}

/** The kind of device that {@link Modem} is. */
export const MODEM = defineKind<Modem>('modem', 'Mobilfunkmodem', { link: 'stream' });
