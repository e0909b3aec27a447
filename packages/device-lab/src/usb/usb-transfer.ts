import type { UsbSetup } from '@buergerkoffer/core';

/** One transfer, as a host hands it to a device. `length` is the most that an IN transfer may answer. */
export type UsbTransfer =
  | { readonly type: 'control-in'; readonly setup: UsbSetup; readonly length: number }
  | { readonly type: 'control-out'; readonly setup: UsbSetup; readonly data: Uint8Array }
  | { readonly type: 'in'; readonly endpoint: number; readonly length: number }
  | { readonly type: 'out'; readonly endpoint: number; readonly data: Uint8Array };

/**
 * What became of a transfer. Data of an IN transfer is the receiver's own; a stall may come behind packets that
 * were received.
 */
export type UsbAnswer =
  | { readonly status: 'ok'; readonly data: Uint8Array }
  | { readonly status: 'stall'; readonly data: Uint8Array }
  /** A packet did not fit into what was asked for; it waits for a larger request. */
  | { readonly status: 'overflow' }
  /** The endpoint was reset, or is not there in the chosen setting; nothing was taken. */
  | { readonly status: 'disabled' }
  /** The device has no power any more. */
  | { readonly status: 'gone' };

/** Hears the answer to one transfer: once, and not at all after it was unlinked. */
export type Answered = (answer: UsbAnswer) => void;

/** Takes a transfer back; what it had received and not answered waits for the next one. Late calls do nothing. */
export type Unlink = () => void;

/** No bytes. */
export const NOTHING = new Uint8Array(0);
/** The answer to a transfer that was taken and has nothing to say. */
export const DONE: UsbAnswer = { status: 'ok', data: NOTHING };
/** The answer of a halted endpoint, and to a request that is not understood. */
export const STALL: UsbAnswer = { status: 'stall', data: NOTHING };
