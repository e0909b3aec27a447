import { DeviceError, type UsbEndpoint, type UsbTransport } from '@buergerkoffer/core';
import { Observable } from 'rxjs';
import { MAX_PLAIN_BYTES, readMessage, type PtpMessage } from '../ptp/container.js';

/** One wait for an event, in milliseconds; another follows. */
const WAIT_MS = 3_600_000;
/** An endpoint that stalls again and again is left alone after so many times in a row. */
const MAX_STALLS = 8;

/**
 * The events of an interrupt endpoint while subscribed. One that makes no sense is dropped: what it told of is found
 * by asking. Completes when the interface is closed or lost, or the endpoint stays halted.
 */
export function usbEvents(usb: UsbTransport, endpoint: UsbEndpoint): Observable<PtpMessage> {
  return new Observable((subscriber) => {
    const stop = new AbortController();
    subscriber.add(() => {
      stop.abort();
    });
    void listen(usb, endpoint, stop.signal, (event) => {
      subscriber.next(event);
    }).then(() => {
      subscriber.complete();
    });
  });
}

async function listen(
  usb: UsbTransport,
  { number, packetSize }: UsbEndpoint,
  signal: AbortSignal,
  tell: (event: PtpMessage) => void,
): Promise<void> {
  const length = Math.ceil(MAX_PLAIN_BYTES / packetSize) * packetSize;
  let stalls = 0;
  while (!signal.aborted && stalls < MAX_STALLS) {
    try {
      const answer = await usb.transferIn(number, length, { timeoutMs: WAIT_MS, signal });
      if (answer.status === 'stall') {
        stalls += 1;
        await usb.clearHalt('in', number, { signal });
        continue;
      }
      stalls = 0;
      const event = eventIn(answer.data);
      if (event !== undefined) tell(event);
    } catch (error) {
      const late = error instanceof DeviceError && error.code === 'timeout';
      const disturbed = error instanceof DeviceError && error.code === 'protocol';
      if (disturbed) stalls += 1;
      if (!late && !disturbed) return;
    }
  }
}

function eventIn(bytes: Uint8Array): PtpMessage | undefined {
  try {
    const { type, code, transaction, parameters } = readMessage(bytes);
    return type === 'event' ? { code, transaction, parameters } : undefined;
  } catch {
    return undefined;
  }
}
