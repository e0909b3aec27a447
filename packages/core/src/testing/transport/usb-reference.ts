import { ByteReader, ByteWriter } from '@buergerkoffer/formats';
import type { CallOptions, UsbInResult, UsbSetup, UsbTransport } from '../../transport.js';
import { ContractViolation, expectThat } from '../contract.js';
import {
  readUsbCounts,
  USB_REFERENCE,
  USB_REQUEST,
  writeUsbQueued,
  type UsbCounts,
  type UsbQueued,
} from './usb-protocol.js';

/** The USB reference device, as a host talks to one of its interfaces. */
export class UsbReference {
  readonly transport: UsbTransport;
  /** The endpoint that echoes: `bulk`, or that of the sibling. */
  readonly endpoint: number;
  readonly #options: CallOptions | undefined;

  /** `options` go with every call. */
  constructor(transport: UsbTransport, options?: CallOptions) {
    this.transport = transport;
    const isFirst = transport.interfaceNumber === USB_REFERENCE.interfaceNumber.first;
    this.endpoint = isFirst ? USB_REFERENCE.endpoint.bulk : USB_REFERENCE.endpoint.sibling;
    this.#options = options;
  }

  /** Bytes of a packet of the endpoint that echoes. */
  get packetSize(): number {
    const found = this.transport.endpoints.find(({ number }) => number === this.endpoint);
    if (found === undefined) throw new ContractViolation(`endpoint ${this.endpoint} is not listed`);
    return found.packetSize;
  }

  /** The setup stage of a request to this interface. */
  setup(request: number, value = 0): UsbSetup {
    const index = this.transport.interfaceNumber;
    return { requestType: 'vendor', recipient: 'interface', request, value, index };
  }

  /** Sends a request that must be understood. */
  async tell(request: number, value = 0, data: Uint8Array = new Uint8Array(0)): Promise<void> {
    const setup = this.setup(request, value);
    const { status } = await this.transport.controlTransferOut(setup, data, this.#options);
    expectThat(status === 'ok', `request ${request} stalls`);
  }

  /** The answer to a request that must be understood. */
  async ask(request: number, length: number, value = 0): Promise<Uint8Array> {
    const setup = this.setup(request, value);
    return bytesOf(await this.transport.controlTransferIn(setup, length, this.#options));
  }

  reset(): Promise<void> {
    return this.tell(USB_REQUEST.reset);
  }

  /** Lets the device send a message on an IN endpoint, on the one that echoes unless another is named. */
  queue(length: number, seed: number, more: Partial<UsbQueued> = {}): Promise<void> {
    const whole = { endpoint: this.endpoint, length, seed, afterMs: 0, zeroLengthEnd: true, ...more };
    return this.tell(USB_REQUEST.queue, 0, writeUsbQueued(whole));
  }

  async counts(): Promise<UsbCounts> {
    return readUsbCounts(await this.ask(USB_REQUEST.count, 20));
  }

  setMark(mark: number): Promise<void> {
    return this.tell(USB_REQUEST.mark, 0, new ByteWriter('little').u32(mark).toBytes());
  }

  async getMark(): Promise<number> {
    return new ByteReader(await this.ask(USB_REQUEST.mark, 4), { order: 'little' }).u32();
  }

  /** Reads from the endpoint that echoes; must not stall. */
  async read(length: number, options = this.#options): Promise<Uint8Array> {
    return bytesOf(await this.transport.transferIn(this.endpoint, length, options));
  }

  /** Writes to the endpoint that echoes; must not stall, and all must go out. */
  async write(data: Uint8Array, options = this.#options): Promise<void> {
    const answer = await this.transport.transferOut(this.endpoint, data, options);
    expectThat(answer.status === 'ok', 'a write stalls');
    expectThat(
      answer.bytesWritten === data.length,
      `a write of ${data.length} bytes says ${answer.bytesWritten}`,
    );
  }

  /** `bytes`, there and back. */
  async echo(bytes: Uint8Array): Promise<Uint8Array> {
    await this.tell(USB_REQUEST.echo, 1);
    await this.write(bytes);
    return this.read(roomFor(bytes.length, this.packetSize));
  }
}

/** Bytes to ask for so that a message of `length` bytes and its end come in one answer. */
export function roomFor(length: number, packetSize: number): number {
  return packetSize * (Math.floor(length / packetSize) + 1);
}

function bytesOf(answer: UsbInResult): Uint8Array {
  if (answer.status === 'ok') return answer.data;
  throw new ContractViolation('a request stalls');
}
