import type { UsbTransport } from '@buergerkoffer/core';
import {
  cameraAsUsb,
  LabBus,
  plugUsb,
  virtualCamera,
  type VirtualCameraOptions,
} from '@buergerkoffer/device-lab';
import { picture, readU16, readU32, u16, u32 } from './ptp-values.js';

/** What a camera answered. */
export interface Answer {
  readonly code: number;
  readonly parameters: readonly number[];
  readonly data?: Uint8Array;
}

export interface Container {
  readonly length: number;
  readonly type: number;
  readonly code: number;
  readonly transaction: number;
  readonly payload: Uint8Array;
}

/** A host of the tests' own: it writes and reads containers, and believes nothing. */
export class UsbHost {
  readonly usb: UsbTransport;
  transaction = 0;

  constructor(usb: UsbTransport) {
    this.usb = usb;
  }

  /** One operation, its data phase included, under the next number. */
  async ask(code: number, parameters: readonly number[] = [], data?: Uint8Array): Promise<Answer> {
    const transaction = this.transaction;
    this.transaction += 1;
    await this.send(code, transaction, parameters);
    if (data !== undefined) {
      await this.usb.transferOut(
        2,
        Uint8Array.from([...head(12 + data.length, 2, code, transaction), ...data]),
      );
    }
    let told: Uint8Array | undefined;
    for (;;) {
      const container = await this.read();
      if (container.transaction !== transaction || container.length !== 12 + container.payload.length) {
        throw new Error(`a container of ${container.length} bytes for ${container.transaction}`);
      }
      if (container.type === 2) told = container.payload;
      else {
        return {
          code: container.code,
          parameters: words(container.payload),
          ...(told === undefined ? {} : { data: told }),
        };
      }
    }
  }

  /** OpenSession, which is numbered 0. */
  async open(): Promise<this> {
    this.transaction = 0;
    const { code } = await this.ask(0x1002, [1]);
    if (code !== 0x2001) throw new Error(`no session: ${code.toString(16)}`);
    return this;
  }

  async send(code: number, transaction: number, parameters: readonly number[] = []): Promise<void> {
    const bytes = [...head(12 + 4 * parameters.length, 1, code, transaction), ...parameters.flatMap(u32)];
    await this.usb.transferOut(2, Uint8Array.from(bytes));
  }

  /** One container of the bulk pipe; a stall throws `stalled`. */
  read(): Promise<Container> {
    return this.#read(1);
  }

  /** The next event. */
  async event(): Promise<{
    readonly code: number;
    readonly transaction: number;
    readonly parameters: readonly number[];
  }> {
    const { code, transaction, payload } = await this.#read(3);
    return { code, transaction, parameters: words(payload) };
  }

  async #read(endpoint: number): Promise<Container> {
    const answer = await this.usb.transferIn(endpoint, endpoint === 3 ? 64 : 64 * 1024 * 1024);
    if (answer.status === 'stall') throw new Error('stalled');
    const { data } = answer;
    return {
      length: readU32(data),
      type: readU16(data, 4),
      code: readU16(data, 6),
      transaction: readU32(data, 8),
      payload: data.subarray(12),
    };
  }
}

function head(length: number, type: number, code: number, transaction: number): readonly number[] {
  return [...u32(length), ...u16(type), ...u16(code), ...u32(transaction)];
}

function words(payload: Uint8Array): readonly number[] {
  return Array.from({ length: payload.length / 4 }, (_, index) => readU32(payload, 4 * index));
}

/** A camera, plugged in, and a host for it. */
export async function plugCamera(options: Partial<VirtualCameraOptions> = {}) {
  const camera = virtualCamera({ photograph: picture, shutterMs: 1, ...options });
  const bus = new LabBus('usb');
  const failures: unknown[] = [];
  const { ports, unplug } = plugUsb(bus, cameraAsUsb(camera), { failed: (error) => failures.push(error) });
  const [port] = ports;
  if (port === undefined) throw new Error('no camera');
  const host = new UsbHost(await bus.open(port, {}));
  return { camera, host, port, unplug, failures };
}
