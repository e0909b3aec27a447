import { DeviceError, type UsbInResult, type UsbOutResult, type UsbTransport } from '@buergerkoffer/core';

/** One line of a recorded session. */
export interface RecordedTransfer {
  readonly pipe: 'bulk-out' | 'bulk-in' | 'interrupt-in';
  readonly bytes: Uint8Array;
}

const PACKET = 512;

/**
 * A still image interface that plays a recorded session: what the host sends must be what was recorded, byte by byte;
 * what the camera sent comes in the transfers of the recording. `mismatch` names the first transfer that differs.
 */
export function recordedUsb(transfers: readonly RecordedTransfer[]) {
  let at = 0;
  let mismatch: string | undefined;
  let rest = new Uint8Array(0);
  let isOpen = true;
  const interrupts = transfers.filter(({ pipe }) => pipe === 'interrupt-in').map(({ bytes }) => bytes);
  const bulk = transfers.filter(({ pipe }) => pipe !== 'interrupt-in');
  const silent = (signal?: AbortSignal): Promise<never> =>
    new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
  const usb: UsbTransport = {
    interfaceNumber: 0,
    endpoints: [
      { direction: 'in', number: 1, type: 'bulk', packetSize: PACKET },
      { direction: 'out', number: 2, type: 'bulk', packetSize: PACKET },
      { direction: 'in', number: 3, type: 'interrupt', packetSize: 64 },
    ],
    ended: new Promise(() => undefined),
    close: () => Promise.resolve(),
    controlTransferIn: () => Promise.resolve({ status: 'stall' }),
    controlTransferOut: () => Promise.resolve({ status: 'stall' }),
    clearHalt: () => Promise.resolve(),
    transferOut: (_, data): Promise<UsbOutResult> => {
      const next = bulk[at];
      at += 1;
      if (next?.pipe !== 'bulk-out' || !Buffer.from(next.bytes).equals(Buffer.from(data))) {
        mismatch ??= `transfer ${at - 1}: ${Buffer.from(data).toString('hex')} was sent`;
        return Promise.reject(new DeviceError('protocol', 'not as recorded'));
      }
      return Promise.resolve({ status: 'ok', bytesWritten: data.length });
    },
    transferIn: (endpoint, length, options): Promise<UsbInResult> => {
      if (endpoint === 3) {
        const event = interrupts.shift();
        return event === undefined ? silent(options?.signal) : Promise.resolve({ status: 'ok', data: event });
      }
      // A transfer of the recording may be longer than what is asked for, and several may fill one request.
      if (rest.length === 0) isOpen = true;
      while (isOpen && rest.length < length && bulk[at]?.pipe === 'bulk-in') {
        const bytes = bulk[at]?.bytes ?? new Uint8Array(0);
        at += 1;
        rest = Uint8Array.from([...rest, ...bytes]);
        isOpen = bytes.length % PACKET === 0;
      }
      if (rest.length === 0) return silent(options?.signal);
      const data = rest.subarray(0, length);
      rest = rest.slice(length);
      return Promise.resolve({ status: 'ok', data });
    },
  };
  return {
    usb,
    get mismatch() {
      return mismatch;
    },
    get played() {
      return at;
    },
    of: bulk.length,
  };
}
