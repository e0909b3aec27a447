import type { UsbSetup } from '@buergerkoffer/core';
import { setupOf } from './captured-device.js';
import { STALLED, TAKEN_BACK, type CapturedTransfer } from './captured-transfer.js';

/** What a host does. */
export type HostAction =
  | { readonly type: 'control-in'; readonly setup: UsbSetup }
  | { readonly type: 'control-out'; readonly setup: UsbSetup; readonly data: Uint8Array }
  | { readonly type: 'out'; readonly endpoint: number; readonly data: Uint8Array };

/** What the host did, and what became of it; `data` is what went over the wire in whichever direction. */
export type HostStep = HostAction & { readonly stall: boolean; readonly data: Uint8Array };

/** What the device sent when the steps before it were made; `ended`: a zero-length packet came behind it. */
export interface DeviceStep {
  readonly type: 'in';
  readonly endpoint: number;
  readonly stall: boolean;
  readonly data: Uint8Array;
  readonly ended: boolean;
}

/** One step of a recorded session. */
export type CaptureStep = HostStep | DeviceStep;

/**
 * The steps of a session in the order of cause: what the host does stands where it began, because it may cause what
 * came before it was over, and what the device sends stands where it ended. Standard requests are left out, which
 * every host makes in its own way; so are transfers that failed, or were taken back with nothing in them.
 */
export function captureSteps(transfers: readonly CapturedTransfer[]): readonly CaptureStep[] {
  return transfers
    .flatMap((transfer) => {
      const step = stepOf(transfer);
      return step === undefined
        ? []
        : [{ step, order: step.type === 'in' ? transfer.ended : transfer.begun }];
    })
    .sort((a, b) => a.order - b.order)
    .map(({ step }) => step);
}

function stepOf(transfer: CapturedTransfer): CaptureStep | undefined {
  const { type, direction, endpoint, data, status, length } = transfer;
  const stall = status === STALLED;
  const came = direction === 'in' && TAKEN_BACK.includes(status) && data.length > 0;
  if (status !== 0 && !stall && !came) return undefined;
  if (type === 'control') {
    const packet = setupOf(transfer);
    if (packet === undefined || packet.setup.requestType === 'standard') return undefined;
    return { type: `control-${packet.direction}`, setup: packet.setup, stall, data };
  }
  if (direction === 'out') return { type: 'out', endpoint, stall, data };
  return { type: 'in', endpoint, stall, data, ended: status === 0 && data.length < length };
}
