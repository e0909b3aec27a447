import { DeviceError, type UsbSetup, type UsbTransport } from '@buergerkoffer/core';
import { ByteReader } from '@buergerkoffer/formats';
import { REGISTER_REQUEST } from './protocol.js';

/** How long a register may take, in milliseconds. */
const REGISTER_MS = 5_000;

/** The registers of the sensor. Both calls reject as the transport does, and `protocol` where the sensor refuses. */
export class Registers {
  readonly #usb: UsbTransport;

  constructor(usb: UsbTransport) {
    this.#usb = usb;
  }

  /** `length` bytes from `register` on. Throws `InputError` when fewer come. */
  async read(register: number, length: number, signal?: AbortSignal): Promise<ByteReader> {
    const answer = await this.#usb.controlTransferIn(setupOf(register), length, options(signal));
    if (answer.status === 'stall') throw refused(register);
    return new ByteReader(answer.data, { order: 'little' }).sub(length);
  }

  async write(register: number, bytes: Uint8Array, signal?: AbortSignal): Promise<void> {
    const answer = await this.#usb.controlTransferOut(setupOf(register), bytes, options(signal));
    if (answer.status === 'stall') throw refused(register);
  }
}

function setupOf(register: number): UsbSetup {
  return { requestType: 'vendor', recipient: 'device', request: REGISTER_REQUEST, value: register, index: 0 };
}

function options(signal: AbortSignal | undefined) {
  return { timeoutMs: REGISTER_MS, ...(signal === undefined ? {} : { signal }) };
}

function refused(register: number): DeviceError {
  return new DeviceError('protocol', `the scanner refuses its register ${register.toString(16)}`);
}
