import type { UsbFunction, UsbHost, VirtualUsbDevice } from '../usb/virtual-usb-device.js';
import { CONTAINER, container, PtpWriter, readCommand, type PtpCommand } from './ptp-bytes.js';

/** What a still camera on a bench is made with. */
export interface StillCameraOptions {
  /** The picture that every shot is, a JPEG. */
  readonly picture: Uint8Array;
  readonly serialNumber?: string;
  /** From the shutter to the picture, in milliseconds. Default 300. */
  readonly shutterMs?: number;
}

/** Still image, PTP (USB class codes). */
const STILL_IMAGE = { interfaceClass: 6, interfaceSubclass: 1, interfaceProtocol: 1 } as const;
const DATA_IN = 1;
const DATA_OUT = 2;
const EVENTS = 3;
const STORAGE = 0x0001_0001;
const EXIF_JPEG = 0x3801;
/** Class request of a host that wants to know whether the camera is ready: length and code of the answer. */
const GET_DEVICE_STATUS = 0x67;

/** Codes of ISO 15740. */
const OPERATION = {
  getDeviceInfo: 0x1001,
  openSession: 0x1002,
  closeSession: 0x1003,
  getStorageIds: 0x1004,
  getStorageInfo: 0x1005,
  getNumObjects: 0x1006,
  getObjectHandles: 0x1007,
  getObjectInfo: 0x1008,
  getObject: 0x1009,
  deleteObject: 0x100b,
  initiateCapture: 0x100e,
} as const;
const EVENT = { objectAdded: 0x4002, captureComplete: 0x400d } as const;
const RESPONSE = { ok: 0x2001, operationNotSupported: 0x2005, invalidObjectHandle: 0x2009 } as const;

/** What an operation answers; absent parts are empty, `ok`. */
interface Answer {
  readonly data?: Uint8Array;
  readonly parameters?: readonly number[];
  readonly code?: number;
}

/**
 * A still camera that speaks PTP (ISO 15740) over USB: it lists, hands out and deletes pictures, and takes one when it is
 * asked to. `gphoto2` works with it. Maker's extensions and live view are not part of it.
 */
export function stillCamera(options: StillCameraOptions): VirtualUsbDevice {
  return {
    vendorId: 0x1209,
    productId: 0x0006,
    maker: 'Lab',
    model: 'Lab still camera',
    serialNumber: options.serialNumber ?? 'CAMERA1',
    interfaces: [
      {
        number: 0,
        ...STILL_IMAGE,
        endpoints: [
          { direction: 'in', number: DATA_IN, type: 'bulk', packetSize: 512 },
          { direction: 'out', number: DATA_OUT, type: 'bulk', packetSize: 512 },
          { direction: 'in', number: EVENTS, type: 'interrupt', packetSize: 64, interval: 6 },
        ],
      },
    ],
    powerUp: (host) => new Camera(host, options),
  };
}

class Camera implements UsbFunction {
  readonly #host: UsbHost;
  readonly #options: StillCameraOptions;
  readonly #pictures = new Set<number>([1]);
  readonly #shutters = new Set<ReturnType<typeof setTimeout>>();
  #lastHandle = 1;

  constructor(host: UsbHost, options: StillCameraOptions) {
    this.#host = host;
    this.#options = options;
  }

  controlIn({ requestType, request }: { readonly requestType: string; readonly request: number }) {
    if (requestType !== 'class' || request !== GET_DEVICE_STATUS) return undefined;
    return new PtpWriter().u16(4, RESPONSE.ok).bytes();
  }

  received(_: number, bytes: Uint8Array): void {
    const command = readCommand(bytes);
    if (command === undefined) {
      this.#host.halt('in', DATA_IN);
      return;
    }
    const { data, parameters = [], code = RESPONSE.ok } = this.#answer(command);
    const { transaction } = command;
    if (data !== undefined) {
      this.#host.send(DATA_IN, container(CONTAINER.data, command.code, transaction, data));
    }
    const words = new PtpWriter().u32(...parameters).bytes();
    this.#host.send(DATA_IN, container(CONTAINER.response, code, transaction, words));
  }

  powerDown(): void {
    for (const shutter of this.#shutters) clearTimeout(shutter);
  }

  #answer({ code, parameters: [handle = 0] }: PtpCommand): Answer {
    switch (code) {
      case OPERATION.getDeviceInfo:
        return { data: this.#deviceInfo() };
      case OPERATION.openSession:
      case OPERATION.closeSession:
        return {};
      case OPERATION.getStorageIds:
        return { data: new PtpWriter().u32s([STORAGE]).bytes() };
      case OPERATION.getStorageInfo:
        return { data: storageInfo() };
      case OPERATION.getNumObjects:
        return { parameters: [this.#pictures.size] };
      case OPERATION.getObjectHandles:
        return { data: new PtpWriter().u32s([...this.#pictures]).bytes() };
      case OPERATION.getObjectInfo:
        return this.#ofPicture(handle, () => ({ data: this.#objectInfo(handle) }));
      case OPERATION.getObject:
        return this.#ofPicture(handle, () => ({ data: this.#options.picture }));
      case OPERATION.deleteObject:
        return this.#ofPicture(handle, () => {
          this.#pictures.delete(handle);
          return {};
        });
      case OPERATION.initiateCapture:
        this.#releaseShutter();
        return {};
      default:
        return { code: RESPONSE.operationNotSupported };
    }
  }

  #ofPicture(handle: number, answer: () => Answer): Answer {
    return this.#pictures.has(handle) ? answer() : { code: RESPONSE.invalidObjectHandle };
  }

  #releaseShutter(): void {
    const shutter = setTimeout(() => {
      this.#shutters.delete(shutter);
      this.#lastHandle += 1;
      this.#pictures.add(this.#lastHandle);
      this.#tell(EVENT.objectAdded, this.#lastHandle);
      this.#tell(EVENT.captureComplete);
    }, this.#options.shutterMs ?? 300);
    this.#shutters.add(shutter);
  }

  #tell(event: number, ...parameters: readonly number[]): void {
    const words = new PtpWriter().u32(...parameters).bytes();
    this.#host.send(EVENTS, container(CONTAINER.event, event, 0, words));
  }

  #deviceInfo(): Uint8Array {
    return new PtpWriter()
      .u16(100)
      .u32(0)
      .u16(0)
      .text('')
      .u16(0)
      .u16s(Object.values(OPERATION))
      .u16s(Object.values(EVENT))
      .u16s([])
      .u16s([EXIF_JPEG])
      .u16s([EXIF_JPEG])
      .text('Lab')
      .text('Lab still camera')
      .text('1.0')
      .text(this.#options.serialNumber ?? 'CAMERA1')
      .bytes();
  }

  #objectInfo(handle: number): Uint8Array {
    const name = `LAB_${String(handle).padStart(4, '0')}.JPG`;
    return new PtpWriter()
      .u32(STORAGE)
      .u16(EXIF_JPEG, 0)
      .u32(this.#options.picture.length)
      .u16(0)
      .u32(0, 0, 0, 0, 0, 0, 0)
      .u16(0)
      .u32(0, 0)
      .text(name)
      .text('20260101T120000')
      .text('20260101T120000')
      .text('')
      .bytes();
  }
}

/** Removable, hierarchical, half full. */
function storageInfo(): Uint8Array {
  const gibibyte = new PtpWriter().u32(0x4000_0000, 0);
  return new PtpWriter()
    .u16(4, 2, 0)
    .u8(...gibibyte.bytes(), ...gibibyte.bytes())
    .u32(1_000)
    .text('card')
    .text('LAB')
    .bytes();
}
