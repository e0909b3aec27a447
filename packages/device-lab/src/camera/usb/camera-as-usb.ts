import type { UsbSetup } from '@buergerkoffer/core';
import { ByteReader } from '@buergerkoffer/formats';
import { ByteQueue } from '../../byte-queue.js';
import { bulkPacketBytes, type UsbIdentity } from '../../usb/usb-identity.js';
import type { UsbFunction, UsbHost, VirtualUsbDevice } from '../../usb/virtual-usb-device.js';
import { RESPONSE } from '../codes.js';
import { Dataset } from '../dataset.js';
import { Delivery } from '../delivery.js';
import type { PtpCommand } from '../operation.js';
import type { PtpConnection } from '../responder.js';
import type { VirtualCamera } from '../virtual-camera.js';
import { containerLength, eventContainer, readContainer, replyContainers } from './container.js';

/** Still image, PTP (USB class codes). */
const STILL_IMAGE = { interfaceClass: 6, interfaceSubclass: 1, interfaceProtocol: 1 } as const;
const DATA_IN = 1;
const DATA_OUT = 2;
const EVENTS = 3;
/** Address of the IN pipe, as GetDeviceStatus tells it. */
const DATA_IN_ADDRESS = 0x80 | DATA_IN;
/** Requests of the class (PIMA 15740:2000, annex D). */
const REQUEST = { cancel: 0x64, reset: 0x66, status: 0x67 } as const;
/** Bytes of one container from a host, at most: it sends settings, no pictures. */
const MOST_BYTES = 1024 * 1024;

/** A camera behind USB: a still image device with a bulk pipe each way and one for events. */
export function cameraAsUsb(camera: VirtualCamera, identity: UsbIdentity = {}): VirtualUsbDevice {
  const packetSize = bulkPacketBytes(identity.speed);
  return {
    vendorId: 0x1209,
    productId: 0x0006,
    maker: camera.maker,
    model: camera.model,
    serialNumber: camera.serialNumber,
    ...identity,
    interfaces: [
      {
        number: 0,
        ...STILL_IMAGE,
        endpoints: [
          { direction: 'in', number: DATA_IN, type: 'bulk', packetSize },
          { direction: 'out', number: DATA_OUT, type: 'bulk', packetSize },
          { direction: 'in', number: EVENTS, type: 'interrupt', packetSize: 64, interval: 6 },
        ],
      },
    ],
    powerUp: (host) => new StillImageFunction(camera, host),
  };
}

class StillImageFunction implements UsbFunction {
  readonly #host: UsbHost;
  readonly #responder: PtpConnection;
  readonly #delivery: Delivery;
  #arrived = new ByteQueue();
  #wanted: number | undefined;
  /** A command whose data is yet to come. */
  #awaiting: PtpCommand | undefined;
  /** The command that was answered last: data that comes with it nevertheless is not wanted. */
  #answered: PtpCommand | undefined;
  #stalled = false;

  constructor(camera: VirtualCamera, host: UsbHost) {
    this.#host = host;
    this.#responder = camera.connect((event) => {
      host.send(EVENTS, eventContainer(event));
    });
    this.#delivery = new Delivery({
      send: ({ bytes, more = false }) => {
        host.send(DATA_IN, bytes, !more);
      },
      stall: () => {
        this.#stall();
      },
      vanish: () => {
        host.vanish();
      },
    });
  }

  controlIn({ requestType, request }: UsbSetup): Uint8Array | undefined {
    if (requestType !== 'class' || request !== REQUEST.status) return undefined;
    if (!this.#stalled) return new Dataset().u16(4, RESPONSE.ok).done();
    return new Dataset().u16(8, RESPONSE.transactionCancelled).u32(DATA_IN_ADDRESS).done();
  }

  controlOut({ requestType, request }: UsbSetup, data: Uint8Array): boolean {
    if (requestType !== 'class') return false;
    switch (request) {
      case REQUEST.cancel:
        if (!isCancel(data)) return false;
        if (this.#awaiting !== undefined) this.#responder.cancelled(this.#awaiting);
        this.#drop();
        return true;
      case REQUEST.reset:
        this.#drop();
        this.#responder.reset();
        return true;
      default:
        return false;
    }
  }

  received(_: number, bytes: Uint8Array): void {
    this.#arrived.push(bytes);
    this.#wanted ??= containerLength(bytes);
    if (this.#wanted === undefined || this.#wanted > MOST_BYTES || this.#arrived.length > this.#wanted) {
      if (bytes.length > 0) this.#stall();
      return;
    }
    const whole = this.#arrived.take(this.#wanted);
    if (whole === undefined) return;
    this.#wanted = undefined;
    this.#whole(whole);
  }

  haltCleared(direction: 'in' | 'out'): void {
    if (direction === 'in') this.#stalled = false;
  }

  powerDown(): void {
    this.#delivery.cancel();
    this.#responder.end();
  }

  #whole(bytes: Uint8Array): void {
    const container = readContainer(bytes);
    if (container?.type === 'command') {
      const { command } = container;
      this.#awaiting = undefined;
      if (this.#responder.takesData(command.code)) this.#awaiting = command;
      else this.#answer(command);
      return;
    }
    const command = this.#awaiting;
    this.#awaiting = undefined;
    if (container !== undefined && belongs(container, command)) this.#answer(command, container.data);
    else if (container === undefined || !belongs(container, this.#answered)) this.#stall();
  }

  #answer(command: PtpCommand, data?: Uint8Array): void {
    this.#answered = command;
    const reply = this.#responder.answer(command, data);
    this.#delivery.send(replyContainers(command, reply), reply.fault);
  }

  /** Forgets what is under way in both directions. */
  #drop(): void {
    this.#delivery.cancel();
    this.#host.discard(DATA_IN);
    this.#arrived = new ByteQueue();
    this.#wanted = undefined;
    this.#awaiting = undefined;
  }

  #stall(): void {
    this.#drop();
    this.#stalled = true;
    this.#host.halt('in', DATA_IN);
  }
}

/** Data comes under the code and the number of its command. */
function belongs(
  data: { readonly code: number; readonly transaction: number },
  command: PtpCommand | undefined,
): command is PtpCommand {
  return command?.code === data.code && command.transaction === data.transaction;
}

/** CancelRequest carries the code of the cancellation and the number of what is cancelled. */
function isCancel(data: Uint8Array): boolean {
  const CANCELLATION = 0x4001;
  return data.length === 6 && new ByteReader(data, { order: 'little' }).u16() === CANCELLATION;
}
