import type { DeviceErrorCode } from '../device-error.js';
import type { Port } from '../port.js';
import type { UsbEndpoint, UsbSetup } from '../transport.js';
import type { TrafficBytes } from './traffic-bytes.js';

/** How much of what travelled is hidden: nothing; what is likely to be about a person; every byte. */
export type Masking = 'none' | 'personal' | 'all';

/** The first line of a recording. */
export interface TrafficHead {
  /** Version of the format. */
  readonly traffic: 1;
  readonly port: Port;
  /** Of a USB interface. */
  readonly endpoints?: readonly UsbEndpoint[];
  /** When the port was opened, ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly masking: Masking;
}

/** When an operation began, and how long it took. */
export interface Timed {
  /** Milliseconds since the port was opened. */
  readonly at: number;
  /** Milliseconds. */
  readonly took: number;
  /** How many lines had been written when it began: clocks are too coarse to tell what came first. */
  readonly begun: number;
}

/** How an operation ended. */
export type Outcome =
  | { readonly result: 'ok'; readonly received?: TrafficBytes }
  | { readonly result: 'stall' }
  /** It failed, or was given up by the caller (`aborted`). */
  | { readonly result: 'failed'; readonly code: DeviceErrorCode | 'aborted' | 'other' };

/** What a driver asked of the transport. */
export type TrafficCall =
  | { readonly op: 'controlTransferIn'; readonly setup: UsbSetup; readonly length: number }
  | { readonly op: 'controlTransferOut'; readonly setup: UsbSetup; readonly sent: TrafficBytes }
  | { readonly op: 'transferIn'; readonly endpoint: number; readonly length: number }
  | { readonly op: 'transferOut'; readonly endpoint: number; readonly sent: TrafficBytes }
  | { readonly op: 'clearHalt'; readonly direction: 'in' | 'out'; readonly endpoint: number }
  | {
      readonly op: 'sendReport' | 'sendFeatureReport';
      readonly reportId: number;
      readonly sent: TrafficBytes;
    }
  | { readonly op: 'receiveFeatureReport'; readonly reportId: number }
  | { readonly op: 'write'; readonly sent: TrafficBytes }
  | { readonly op: 'connect'; readonly mode: 'exclusive' | 'shared' }
  | { readonly op: 'transmit'; readonly sent: TrafficBytes }
  | { readonly op: 'control'; readonly controlCode: number; readonly sent: TrafficBytes }
  | { readonly op: 'request'; readonly method: string; readonly path: string; readonly sent: TrafficBytes };

/** A call as a driver makes it: with its bytes, before any are hidden. */
export type PlainCall<C extends TrafficCall = TrafficCall> = C extends { readonly sent: TrafficBytes }
  ? Omit<C, 'sent'> & { readonly sent: Uint8Array }
  : C;

/** Something that came by itself. */
export type TrafficInput =
  | { readonly op: 'input'; readonly received: TrafficBytes }
  | { readonly op: 'inputReport'; readonly reportId: number; readonly received: TrafficBytes }
  /** The card in the slot: its answer to reset, nothing when it was taken out. */
  | { readonly op: 'card'; readonly received: TrafficBytes };

/**
 * One line of a recording, in the order in which things were over. Status and headers of an HTTP answer stand in
 * `status` and `contentType`; its body is `received`.
 */
export type TrafficLine =
  | (TrafficCall & Timed & Outcome & { readonly status?: number; readonly contentType?: string })
  | (TrafficInput & { readonly at: number })
  | { readonly op: 'ended'; readonly at: number; readonly reason: 'closed' | 'lost' };

/** One recording: a port, and what went over it. */
export interface Traffic {
  readonly head: TrafficHead;
  readonly lines: readonly TrafficLine[];
}
