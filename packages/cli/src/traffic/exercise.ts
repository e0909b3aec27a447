import type { Observable } from 'rxjs';
import {
  DeviceError,
  type BusKind,
  type CardTransport,
  type HidTransport,
  type ByteTransport,
  type HttpTransport,
  type OpenOptionsOf,
  type TransportOf,
  type UsbTransport,
} from '@buergerkoffer/core';

/** How long an answer on a USB endpoint is waited for before the next is waited for, in milliseconds. */
const READ_MS = 60_000;

/** What ports are opened with where no driver says more. */
export function plainOptions(baudRate: number): OpenOptionsOf {
  return { usb: {}, hid: {}, serial: { baudRate }, tcp: {}, pcsc: {}, http: {} };
}

/** What is done with a port that no driver understands: everything that comes is read, and `sends` are sent. */
export const EXERCISE: {
  readonly [K in BusKind]: (
    transport: TransportOf[K],
    sends: readonly Uint8Array[],
    stop: AbortSignal,
  ) => Promise<void>;
} = { usb, hid, serial: line, tcp: line, pcsc: card, http };

/** Messages go to the first OUT endpoint; every IN endpoint is read. */
async function usb(transport: UsbTransport, sends: readonly Uint8Array[], stop: AbortSignal): Promise<void> {
  const out = transport.endpoints.find(({ direction }) => direction === 'out');
  if (out === undefined && sends.length > 0) {
    throw new DeviceError('unsupported', 'the interface has no endpoint to send to', {
      remedy: 'leave --send out, or name another interface',
    });
  }
  const reading = transport.endpoints
    .filter(({ direction }) => direction === 'in')
    .map(({ number, packetSize }) => readAll(transport, number, 64 * packetSize, stop));
  for (const bytes of sends) {
    if (out !== undefined) await transport.transferOut(out.number, bytes, { signal: stop });
  }
  await Promise.all(reading);
}

async function readAll(
  transport: UsbTransport,
  endpoint: number,
  length: number,
  stop: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      const answer = await transport.transferIn(endpoint, length, { signal: stop, timeoutMs: READ_MS });
      if (answer.status === 'stall') return;
    } catch (error) {
      if (stop.aborted) return;
      if (!(error instanceof DeviceError) || error.code !== 'timeout') throw error;
    }
  }
}

/** The first byte of a message is the report number. */
async function hid(transport: HidTransport, sends: readonly Uint8Array[], stop: AbortSignal): Promise<void> {
  const listening = untilStopped(transport.inputReports, stop);
  for (const [reportId = 0, ...data] of sends) {
    await transport.sendReport(reportId, new Uint8Array(data), { signal: stop });
  }
  await listening;
}

async function line(
  transport: ByteTransport,
  sends: readonly Uint8Array[],
  stop: AbortSignal,
): Promise<void> {
  const listening = untilStopped(transport.input, stop);
  for (const bytes of sends) await transport.write(bytes, { signal: stop });
  await listening;
}

/** Messages are command APDUs, to a card that lies in the reader. */
async function card(
  transport: CardTransport,
  sends: readonly Uint8Array[],
  stop: AbortSignal,
): Promise<void> {
  const listening = untilStopped(transport.card, stop);
  if (sends.length > 0) {
    const connection = await transport.connect('shared', { signal: stop });
    for (const bytes of sends) await connection.transmit(bytes, { signal: stop });
    await connection.close();
  }
  await listening;
}

/** Its address is asked once, or each message is posted to it. */
async function http(
  transport: HttpTransport,
  sends: readonly Uint8Array[],
  stop: AbortSignal,
): Promise<void> {
  const requests =
    sends.length === 0
      ? [{ method: 'GET', path: '' }]
      : sends.map((body) => ({ method: 'POST', path: '', body }));
  for (const request of requests) {
    const { body } = await transport.request(request, { signal: stop });
    for await (const _ of body) stop.throwIfAborted();
  }
}

/** Listens until `stop` or the end; how it ends is told by the transport. */
function untilStopped(stream: Observable<unknown>, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listening.unsubscribe();
      resolve();
    };
    const listening = stream.subscribe({ complete: resolve, error: resolve });
    stop.addEventListener('abort', done, { once: true });
    if (stop.aborted) done();
  });
}
