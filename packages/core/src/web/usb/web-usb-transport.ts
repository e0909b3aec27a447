import { delay } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import type { UsbPort } from '../../port.js';
import type {
  CallOptions,
  OpenOptionsOf,
  UsbEndpoint,
  UsbInResult,
  UsbOutResult,
  UsbSetup,
  UsbTransport,
} from '../../transport.js';
import { owned } from '../bytes.js';
import { TransportLife } from '../transport-life.js';
import { nameOf, UNPLUG_MS, webFailure } from '../web-failure.js';
import { InEndpoint } from './in-endpoint.js';
import { OutEndpoint } from './out-endpoint.js';
import { SharedDevice } from './shared-device.js';
import { inResult, outResult } from './transfer-result.js';
import { TRANSFERRING } from './usb-meanings.js';
import { configurationOf, type WebUsb, type WebUsbDevice, type WebUsbEvent } from './web-usb.js';

/** Claims the interface of `port`; rejects `busy`, `access-denied`, `not-found` or `invalid-request`. */
export async function openWebUsb(
  usb: WebUsb,
  device: WebUsbDevice,
  port: UsbPort,
  options: OpenOptionsOf['usb'],
): Promise<UsbTransport> {
  const { interfaceNumber, path } = port;
  const alternateSetting = options.alternateSetting ?? port.alternateSetting;
  const endpoints = endpointsOf(device, interfaceNumber, alternateSetting ?? 0);
  if (endpoints === undefined) {
    throw new DeviceError('invalid-request', `${path} has no setting ${alternateSetting ?? 0}`, {
      path: 'alternateSetting',
    });
  }
  await SharedDevice.of(device).claim(interfaceNumber, alternateSetting);
  return new WebUsbTransport(usb, device, port, endpoints);
}

/** The endpoints that packets can go through; undefined where the device has no such setting. */
function endpointsOf(
  device: WebUsbDevice,
  interfaceNumber: number,
  setting: number,
): readonly UsbEndpoint[] | undefined {
  const found = configurationOf(device)
    ?.interfaces.find((one) => one.interfaceNumber === interfaceNumber)
    ?.alternates.find(({ alternateSetting }) => alternateSetting === setting);
  return found?.endpoints.flatMap(({ endpointNumber: number, direction, type, packetSize }) =>
    type === 'isochronous' || packetSize < 1 ? [] : [{ number, direction, type, packetSize }],
  );
}

/** An interface claimed through WebUSB. */
class WebUsbTransport implements UsbTransport {
  readonly interfaceNumber: number;
  readonly endpoints: readonly UsbEndpoint[];
  readonly ended: Promise<End>;
  readonly #device: WebUsbDevice;
  readonly #shared: SharedDevice;
  readonly #life: TransportLife;
  readonly #in = new Map<number, InEndpoint>();
  readonly #out = new Map<number, OutEndpoint>();

  constructor(usb: WebUsb, device: WebUsbDevice, port: UsbPort, endpoints: readonly UsbEndpoint[]) {
    this.interfaceNumber = port.interfaceNumber;
    this.endpoints = endpoints;
    this.#device = device;
    this.#shared = SharedDevice.of(device);
    for (const { direction, number, packetSize } of endpoints) {
      if (direction === 'out') {
        this.#out.set(
          number,
          new OutEndpoint(async (data) => outResult(await device.transferOut(number, owned(data)))),
        );
      } else {
        this.#in.set(
          number,
          new InEndpoint(packetSize, async (length) => inResult(await device.transferIn(number, length))),
        );
      }
    }
    const onDisconnect = (event: WebUsbEvent): void => {
      if (event.device === device) this.#life.lose(new DeviceError('lost', `${port.path} has gone`));
    };
    this.#life = new TransportLife(async () => {
      usb.removeEventListener('disconnect', onDisconnect);
      await this.#shared.release(port.interfaceNumber);
    });
    this.ended = this.#life.ended;
    usb.addEventListener('disconnect', onDisconnect);
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  async controlTransferIn(setup: UsbSetup, length: number, options?: CallOptions): Promise<UsbInResult> {
    return this.#transfer('control in', options, setup, async () => {
      await this.#shared.settled();
      return inResult(await this.#device.controlTransferIn({ ...setup }, length));
    });
  }

  async controlTransferOut(setup: UsbSetup, data?: Uint8Array, options?: CallOptions): Promise<UsbOutResult> {
    return this.#transfer('control out', options, setup, async () => {
      await this.#shared.settled();
      return outResult(await this.#device.controlTransferOut({ ...setup }, owned(data ?? new Uint8Array(0))));
    });
  }

  async transferIn(endpoint: number, length: number, options?: CallOptions): Promise<UsbInResult> {
    const pipe = existing(this.#in, 'in', endpoint);
    if (!Number.isInteger(length) || length < 1) {
      throw new DeviceError('invalid-request', `${length} bytes cannot be asked for`, { path: 'length' });
    }
    return this.#transfer(`in ${endpoint}`, options, undefined, (signal) => pipe.take(length, signal));
  }

  async transferOut(endpoint: number, data: Uint8Array, options?: CallOptions): Promise<UsbOutResult> {
    const pipe = existing(this.#out, 'out', endpoint);
    return this.#transfer(`out ${endpoint}`, options, undefined, (signal) => pipe.send(data, signal));
  }

  async clearHalt(direction: 'in' | 'out', endpoint: number, options?: CallOptions): Promise<void> {
    const pipe =
      direction === 'in' ? existing(this.#in, direction, endpoint) : existing(this.#out, direction, endpoint);
    await this.#transfer(`clearing ${direction} ${endpoint}`, options, undefined, () =>
      this.#device.clearHalt(direction, endpoint),
    );
    if (pipe instanceof InEndpoint) pipe.cleared();
  }

  #transfer<T>(
    what: string,
    options: CallOptions | undefined,
    setup: UsbSetup | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return this.#life.call(what, options, async (signal) => {
      try {
        return await work(signal);
      } catch (error) {
        throw await this.#explained(what, error, setup, signal);
      }
    });
  }

  /** On unplugging, the browser's last answers may come before it says that the device has gone. */
  async #explained(
    what: string,
    error: unknown,
    setup: UsbSetup | undefined,
    signal: AbortSignal,
  ): Promise<DeviceError> {
    const failure = webFailure(what, error, TRANSFERRING);
    const name = nameOf(error);
    if (name !== 'NotFoundError' && name !== 'NetworkError') return failure;
    // The same name says that the device has gone, and that it has no such interface or endpoint.
    const hasPart = setup?.recipient !== 'interface' && setup?.recipient !== 'endpoint';
    if (name === 'NotFoundError' && hasPart) this.#life.lose(failure);
    await delay(UNPLUG_MS, signal);
    if (name !== 'NotFoundError') return failure;
    return new DeviceError('invalid-request', `${what}: no such part of the device, or it is not claimed`, {
      path: 'setup.index',
      cause: error,
    });
  }
}

function existing<T>(pipes: ReadonlyMap<number, T>, direction: 'in' | 'out', endpoint: number): T {
  const pipe = pipes.get(endpoint);
  if (pipe !== undefined) return pipe;
  throw new DeviceError('invalid-request', `the interface has no ${direction} endpoint ${endpoint}`, {
    path: 'endpoint',
  });
}
