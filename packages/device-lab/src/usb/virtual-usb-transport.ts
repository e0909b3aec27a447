import {
  DeviceError,
  DeviceLife,
  type CallOptions,
  type UsbInResult,
  type UsbOutResult,
  type UsbSetup,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { FaultScript } from '@buergerkoffer/core/simulation';
import { pendingCall } from '../pending-call.js';
import { lossOf, onAbort } from '../signals.js';
import { checkSetup } from './setup-packet.js';
import type { UsbEngine } from './usb-engine.js';
import { NOTHING, type UsbAnswer, type UsbTransfer } from './usb-transfer.js';
import type { VirtualEndpoint, VirtualInterface } from './virtual-usb-device.js';

/** SET_INTERFACE (USB 2.0, 9.4.10). */
const SET_INTERFACE = 11;

/** What a transport needs of the device that it claims an interface of. */
export interface Claim {
  readonly engine: UsbEngine;
  /** The alternate setting to use. */
  readonly chosen: VirtualInterface;
  /** Aborted, with the `lost` error as reason, when the plug is pulled. */
  readonly unplugged: AbortSignal;
  readonly faults: FaultScript | undefined;
  /** Pulls the plug, for the fault `vanish`. */
  readonly vanish: () => void;
}

/** Claims an interface in its first setting, or chooses another; rejects as the bus's `open` does. */
export async function claimInterface(claim: Claim, signal?: AbortSignal): Promise<UsbTransport> {
  const transport = new VirtualUsbTransport(claim);
  try {
    if (setting(claim) !== 0) await transport.choose(setting(claim), signal === undefined ? {} : { signal });
  } catch (error) {
    await transport.close();
    throw error;
  }
  return transport;
}

class VirtualUsbTransport implements UsbTransport {
  readonly interfaceNumber: number;
  readonly endpoints: readonly VirtualEndpoint[];
  readonly ended;
  readonly #claim: Claim;
  readonly #life: DeviceLife;
  readonly #over = new AbortController();
  readonly #pending = new Set<string>();
  /** What a packet held beyond the request that it came for, by endpoint: answered before anything is asked. */
  readonly #rest = new Map<number, Uint8Array>();

  constructor(claim: Claim) {
    this.interfaceNumber = claim.chosen.number;
    this.endpoints = claim.chosen.endpoints;
    this.#claim = claim;
    this.#life = new DeviceLife(() => {
      if (setting(claim) !== 0) this.#setInterface(0, () => undefined);
      return Promise.resolve();
    });
    this.ended = this.#life.ended;
    onAbort(
      claim.unplugged,
      () => {
        const error = lossOf(claim.unplugged);
        this.#life.lose(error);
        this.#over.abort(error);
      },
      this.ended,
    );
  }

  /** Chooses an alternate setting; rejects `invalid-request` when the device refuses it. */
  async choose(alternateSetting: number, options: CallOptions): Promise<void> {
    const answer = await pendingCall<UsbAnswer>('SET_INTERFACE', options, this.#over.signal, (answered) =>
      this.#setInterface(alternateSetting, answered),
    );
    if (answer.status !== 'ok') throw failure(answer.status);
  }

  async controlTransferIn(setup: UsbSetup, length: number, options: CallOptions = {}): Promise<UsbInResult> {
    checkSetup(setup, length);
    return inResult(await this.#submit('control', { type: 'control-in', setup, length }, options));
  }

  async controlTransferOut(
    setup: UsbSetup,
    data: Uint8Array = NOTHING,
    options: CallOptions = {},
  ): Promise<UsbOutResult> {
    checkSetup(setup, data.length);
    const transfer = { type: 'control-out', setup, data: data.slice() } as const;
    return outResult(await this.#submit('control', transfer, options), data.length);
  }

  async transferIn(endpoint: number, length: number, options: CallOptions = {}): Promise<UsbInResult> {
    const { packetSize } = this.#endpoint('in', endpoint);
    if (!Number.isSafeInteger(length) || length <= 0) {
      throw new DeviceError('invalid-request', 'length of a transfer is a positive integer', {
        path: 'length',
      });
    }
    return this.#exclusive(`in${endpoint}`, async () => {
      const rest = this.#rest.get(endpoint);
      if (rest !== undefined) {
        this.#refuse(options);
        return { status: 'ok', data: this.#upTo(length, endpoint, rest) };
      }
      const asked = packetSize * Math.ceil(length / packetSize);
      const transfer = { type: 'in', endpoint, length: asked } as const;
      const result = inResult(await this.#submit('in', transfer, options));
      return result.status === 'ok'
        ? { status: 'ok', data: this.#upTo(length, endpoint, result.data) }
        : result;
    });
  }

  async transferOut(endpoint: number, data: Uint8Array, options: CallOptions = {}): Promise<UsbOutResult> {
    this.#endpoint('out', endpoint);
    return this.#exclusive(`out${endpoint}`, async () => {
      const transfer = { type: 'out', endpoint, data: data.slice() } as const;
      return outResult(await this.#submit('out', transfer, options), data.length);
    });
  }

  async clearHalt(direction: 'in' | 'out', endpoint: number, options: CallOptions = {}): Promise<void> {
    this.#endpoint(direction, endpoint);
    const setup = {
      requestType: 'standard',
      recipient: 'endpoint',
      request: 1, // CLEAR_FEATURE
      value: 0, // ENDPOINT_HALT
      index: endpoint | (direction === 'in' ? 0x80 : 0),
    } as const;
    const answer = await pendingCall<UsbAnswer>('clear halt', options, this.#over.signal, (answered) =>
      this.#claim.engine.submit({ type: 'control-out', setup, data: NOTHING }, answered),
    );
    if (answer.status !== 'ok') throw failure(answer.status);
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the interface was closed'));
    return this.#life.close();
  }

  /** One transfer, or the fault that the script has for it. */
  #submit(
    operation: 'control' | 'in' | 'out',
    transfer: UsbTransfer,
    options: CallOptions,
  ): Promise<UsbAnswer> {
    const { engine, faults } = this.#claim;
    return pendingCall<UsbAnswer>(`${operation} transfer`, options, this.#over.signal, (answered) => {
      const fault = faults?.take(operation);
      switch (fault?.type) {
        case undefined:
          return engine.submit(transfer, answered);
        case 'stall':
          if (transfer.type === 'in' || transfer.type === 'out')
            engine.halt(transfer.type, transfer.endpoint);
          answered({ status: 'stall', data: NOTHING });
          return () => undefined;
        case 'time-out':
          return () => undefined;
        case 'vanish':
          this.#claim.vanish();
          return () => undefined;
        default:
          throw new DeviceError('unsupported', `a USB interface cannot show the fault ${fault?.type}`);
      }
    });
  }

  #setInterface(value: number, answered: (answer: UsbAnswer) => void): () => void {
    const [request, index] = [SET_INTERFACE, this.interfaceNumber];
    const setup = { requestType: 'standard', recipient: 'interface', request, value, index } as const;
    return this.#claim.engine.submit({ type: 'control-out', setup, data: NOTHING }, answered);
  }

  async #exclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (this.#pending.has(key)) throw new DeviceError('busy', 'a transfer on this endpoint is pending');
    this.#pending.add(key);
    try {
      return await work();
    } finally {
      this.#pending.delete(key);
    }
  }

  /** What a call is refused with before it reaches the device. */
  #refuse({ signal }: CallOptions): void {
    this.#over.signal.throwIfAborted();
    signal?.throwIfAborted();
  }

  #upTo(length: number, endpoint: number, data: Uint8Array): Uint8Array {
    if (data.length > length) this.#rest.set(endpoint, data.subarray(length));
    else this.#rest.delete(endpoint);
    return data.subarray(0, length);
  }

  #endpoint(direction: 'in' | 'out', number: number): VirtualEndpoint {
    const found = this.endpoints.find((one) => one.direction === direction && one.number === number);
    if (found === undefined) {
      throw new DeviceError('invalid-request', `the interface has no ${direction} endpoint ${number}`);
    }
    return found;
  }
}

function setting({ chosen }: Claim): number {
  return chosen.alternateSetting ?? 0;
}

function inResult(answer: UsbAnswer): UsbInResult {
  if (answer.status === 'ok') return { status: 'ok', data: answer.data };
  if (answer.status === 'stall') return { status: 'stall' };
  throw failure(answer.status);
}

function outResult(answer: UsbAnswer, length: number): UsbOutResult {
  if (answer.status === 'ok') return { status: 'ok', bytesWritten: length };
  if (answer.status === 'stall') return { status: 'stall' };
  throw failure(answer.status);
}

function failure(status: Exclude<UsbAnswer['status'], 'ok'>): DeviceError {
  switch (status) {
    case 'gone':
      return new DeviceError('lost', 'the device has gone');
    case 'overflow':
      return new DeviceError('protocol', 'the device sent more than was asked for');
    case 'disabled':
      return new DeviceError('protocol', 'the endpoint was reset by somebody else');
    case 'stall':
      return new DeviceError('protocol', 'the device refused a standard request');
    default:
      return status satisfies never;
  }
}
