import type {
  CallOptions,
  UsbEndpoint,
  UsbInResult,
  UsbOutResult,
  UsbSetup,
  UsbTransport,
} from '../transport.js';
import type { Fields } from '../wire/fields.js';
import {
  nothing,
  unknownOperation,
  type FarTransport,
  type Reply,
  type ServedTransport,
} from './transport-ends.js';

const DIRECTIONS = ['in', 'out'] as const;

/** A USB interface, where it is. */
export function servedUsb(usb: UsbTransport): ServedTransport {
  return {
    ended: usb.ended,
    close: () => usb.close(),
    said: { interfaceNumber: usb.interfaceNumber, endpoints: usb.endpoints },
    call: (operation, input, options) => run(usb, operation, input, options),
    streams: {},
  };
}

async function run(
  usb: UsbTransport,
  operation: string,
  input: Fields,
  options: CallOptions,
): Promise<Reply> {
  switch (operation) {
    case 'controlTransferIn':
      return {
        value: await usb.controlTransferIn(readSetup(input), input.count('length'), options),
      };
    case 'controlTransferOut': {
      const data = input.has('data') ? input.bytes('data') : undefined;
      return { value: await usb.controlTransferOut(readSetup(input), data, options) };
    }
    case 'transferIn':
      return { value: await usb.transferIn(input.count('endpoint'), input.count('length'), options) };
    case 'transferOut':
      return { value: await usb.transferOut(input.count('endpoint'), input.bytes('data'), options) };
    case 'clearHalt':
      await usb.clearHalt(input.oneOf('direction', DIRECTIONS), input.count('endpoint'), options);
      return { value: {} };
    default:
      throw unknownOperation(operation);
  }
}

/** The same interface, where the app is. */
export function farUsb(far: FarTransport, said: Fields): UsbTransport {
  const unread = new UnreadAnswers();
  return {
    ended: far.ended,
    close: () => far.close(),
    interfaceNumber: said.count('interfaceNumber'),
    endpoints: said.objects('endpoints').map(readEndpoint),
    controlTransferIn: (setup, length, options) =>
      far.call('controlTransferIn', { ...setup, length }, readIn, options),
    controlTransferOut: (setup, data, options) =>
      far.call('controlTransferOut', data === undefined ? setup : { ...setup, data }, readOut, options),
    transferIn: async (endpoint, length, options) => {
      options?.signal?.throwIfAborted();
      const late = (answer: UsbInResult): void => {
        unread.keep(endpoint, answer);
      };
      const kept = unread.take(endpoint, length);
      return kept ?? far.call('transferIn', { endpoint, length }, readIn, options, late);
    },
    transferOut: (endpoint, data, options) => far.call('transferOut', { endpoint, data }, readOut, options),
    clearHalt: (direction, endpoint, options) => {
      if (direction === 'in') unread.forget(endpoint);
      return far.call('clearHalt', { direction, endpoint }, nothing, options);
    },
  } satisfies Required<UsbTransport>;
}

/** Answers of IN endpoints that crossed an abort: an endpoint is a stream, the next call gets them. */
class UnreadAnswers {
  readonly #ofEndpoint = new Map<number, UsbInResult>();

  keep(endpoint: number, answer: UsbInResult): void {
    this.#ofEndpoint.set(endpoint, answer);
  }

  /** At most `length` bytes of what was kept. */
  take(endpoint: number, length: number): UsbInResult | undefined {
    const kept = this.#ofEndpoint.get(endpoint);
    this.#ofEndpoint.delete(endpoint);
    if (kept === undefined || kept.status === 'stall' || kept.data.length <= length) return kept;
    this.keep(endpoint, { status: 'ok', data: kept.data.subarray(length) });
    return { status: 'ok', data: kept.data.subarray(0, length) };
  }

  forget(endpoint: number): void {
    this.#ofEndpoint.delete(endpoint);
  }
}

function readSetup(f: Fields): UsbSetup {
  return {
    requestType: f.oneOf('requestType', ['standard', 'class', 'vendor']),
    recipient: f.oneOf('recipient', ['device', 'interface', 'endpoint', 'other']),
    request: f.count('request'),
    value: f.count('value'),
    index: f.count('index'),
  };
}

function readEndpoint(f: Fields): UsbEndpoint {
  return {
    direction: f.oneOf('direction', DIRECTIONS),
    number: f.count('number'),
    type: f.oneOf('type', ['bulk', 'interrupt']),
    packetSize: f.count('packetSize'),
  };
}

function readIn(f: Fields): UsbInResult {
  const status = f.oneOf('status', ['ok', 'stall']);
  return status === 'stall' ? { status } : { status, data: f.bytes('data') };
}

function readOut(f: Fields): UsbOutResult {
  const status = f.oneOf('status', ['ok', 'stall']);
  return status === 'stall' ? { status } : { status, bytesWritten: f.count('bytesWritten') };
}
