import type { Traffic, TrafficCall, TrafficLine, TrafficOutcome } from '@buergerkoffer/core';
import { setupOf } from './captured-device.js';
import { STALLED, TAKEN_BACK, type CapturedTransfer } from './captured-transfer.js';
import { chooseDevice, type ReplayCaptureOptions } from './replay-capture.js';

const PLACE = 'recording';

/**
 * A recording made with usbmon in the form of those that `recordedBus` makes, standard requests included: to be read,
 * or written with `lineText`. Nothing is hidden. Times count from the first transfer. Throws as `replayCapture`.
 */
export function captureTraffic(file: Uint8Array, options: ReplayCaptureOptions = {}): Traffic {
  const { address, device } = chooseDevice(file, options);
  const { transfers } = address;
  const [first] = device.description.interfaces;
  const startMs = transfers.reduce((least, { atMs }) => Math.min(least, atMs), Infinity);
  const ends = transfers.map(({ ended }) => ended);
  const { vendorId, productId, maker, model, serialNumber } = device.description;
  return {
    head: {
      traffic: 1,
      port: {
        bus: 'usb',
        id: PLACE,
        path: PLACE,
        physical: PLACE,
        vendorId,
        productId,
        interfaceNumber: first?.number ?? 0,
        interfaceClass: first?.interfaceClass ?? 0,
        interfaceSubclass: first?.interfaceSubclass ?? 0,
        interfaceProtocol: first?.interfaceProtocol ?? 0,
        ...(maker === undefined ? {} : { maker }),
        ...(model === undefined ? {} : { model }),
        ...(serialNumber === undefined ? {} : { serialNumber }),
      },
      endpoints: first?.endpoints ?? [],
      startedAt: new Date(startMs).toISOString(),
      masking: 'none',
    },
    lines: transfers.map((transfer) => lineOf(transfer, ends, startMs)),
  };
}

function lineOf(transfer: CapturedTransfer, ends: readonly number[], startMs: number): TrafficLine {
  return {
    ...callOf(transfer),
    at: Math.max(0, transfer.atMs - startMs),
    took: transfer.tookMs,
    begun: countBelow(ends, transfer.begun),
    ...outcomeOf(transfer),
  };
}

/** How many of `ascending` are below `limit`. */
function countBelow(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function callOf(transfer: CapturedTransfer): TrafficCall {
  const { direction, endpoint, length, data } = transfer;
  const sent = [{ bytes: data }];
  const setup = setupOf(transfer)?.setup;
  if (setup !== undefined) {
    return direction === 'in'
      ? { op: 'controlTransferIn', setup, length }
      : { op: 'controlTransferOut', setup, sent };
  }
  return direction === 'in' ? { op: 'transferIn', endpoint, length } : { op: 'transferOut', endpoint, sent };
}

function outcomeOf({ status, direction, data }: CapturedTransfer): TrafficOutcome {
  if (status === STALLED) return { result: 'stall' };
  if (status !== 0) return { result: 'failed', code: TAKEN_BACK.includes(status) ? 'aborted' : 'protocol' };
  return { result: 'ok', ...(direction === 'in' ? { received: [{ bytes: data }] } : {}) };
}
