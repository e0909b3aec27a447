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
  return {
    ended: far.ended,
    close: () => far.close(),
    interfaceNumber: said.count('interfaceNumber'),
    endpoints: said.objects('endpoints').map(readEndpoint),
    controlTransferIn: (setup, length, options) =>
      far.call('controlTransferIn', { ...setup, length }, readIn, options),
    controlTransferOut: (setup, data, options) =>
      far.call('controlTransferOut', data === undefined ? setup : { ...setup, data }, readOut, options),
    transferIn: (endpoint, length, options) => far.call('transferIn', { endpoint, length }, readIn, options),
    transferOut: (endpoint, data, options) => far.call('transferOut', { endpoint, data }, readOut, options),
    clearHalt: (direction, endpoint, options) =>
      far.call('clearHalt', { direction, endpoint }, nothing, options),
  } satisfies Required<UsbTransport>;
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
