import { Subscription } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import type { Device, DeviceKind, OperationShape } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { DeviceSource, Offer } from '../source.js';
import type { ChildMessage, ChildOffer } from './child-message.js';
import { PROTOCOL_VERSION, type HostMessage } from './host-message.js';
import { plainProperties } from './plain-properties.js';
import { serveCall, type ServedCall } from './served-call.js';
import { presentable } from './wire-error.js';

interface OpenDevice {
  readonly device: Device;
  readonly kind: DeviceKind;
}

type StartMessage = Extract<HostMessage, { readonly type: 'start' }>;

/** The side of the process with the devices: offers what `source` offers and runs what is asked for. */
export class DeviceServer {
  readonly #source: DeviceSource;
  readonly #send: (message: ChildMessage) => void;
  readonly #watching = new Subscription();
  readonly #openings = new Map<number, AbortController>();
  readonly #devices = new Map<number, OpenDevice>();
  readonly #calls = new Map<number, ServedCall>();
  #offers: readonly Offer[] = [];

  /** `send` may throw `InputError` for values that cannot travel. */
  constructor(source: DeviceSource, send: (message: ChildMessage) => void) {
    this.#source = source;
    this.#send = send;
  }

  /** Says hello and begins to watch the source. */
  start(): void {
    this.#send({ type: 'hello', version: PROTOCOL_VERSION });
    const failed = (): void => {
      this.#offers = [];
      this.#send({ type: 'offers', offers: [] });
    };
    this.#watching.add(
      this.#source.diagnostics.subscribe({
        next: (diagnostics) => {
          this.#send({ type: 'diagnostics', diagnostics });
        },
        error: () => {
          this.#send({ type: 'diagnostics', diagnostics: [sourceFailed(this.#source.id)] });
        },
      }),
    );
    this.#watching.add(
      this.#source.offers.subscribe({
        next: (offers) => {
          this.#offers = offers;
          this.#send({ type: 'offers', offers: offers.map(childOffer) });
        },
        error: failed,
      }),
    );
  }

  /** Acts on one message. */
  receive(message: HostMessage): void {
    switch (message.type) {
      case 'ping':
        this.#send({ type: 'pong' });
        break;
      case 'open':
        void this.#open(message.device, message.offer);
        break;
      case 'close':
        this.#close(message.device);
        break;
      case 'start':
        this.#start(message);
        break;
      case 'pull':
        this.#calls.get(message.call)?.pull();
        break;
      case 'abort':
        this.#calls.get(message.call)?.abort();
        break;
      case 'cancel':
        this.#calls.get(message.call)?.cancel();
        this.#calls.delete(message.call);
        break;
      default:
        message satisfies never;
    }
  }

  /** Nobody listens any more: stops watching, gives up openings, closes every device. */
  async end(): Promise<void> {
    this.#watching.unsubscribe();
    for (const opening of this.#openings.values()) opening.abort(new DeviceError('closed', 'nobody waits'));
    await Promise.allSettled([...this.#devices.values()].map(({ device }) => device.close()));
  }

  async #open(id: number, offerId: string): Promise<void> {
    const controller = new AbortController();
    this.#openings.set(id, controller);
    try {
      const offer = this.#offers.find((one) => one.id === offerId);
      if (offer === undefined) throw new DeviceError('not-found', 'the device is no longer offered');
      const device = await offer.open(controller.signal);
      if (controller.signal.aborted) {
        await device.close();
        return;
      }
      this.#devices.set(id, { device, kind: offer.kind });
      const properties = plainProperties(device, offer.kind);
      this.#send({ type: 'opened', device: id, info: device.info, properties });
      void device.ended.then((end) => {
        this.#devices.delete(id);
        this.#send({ type: 'ended', device: id, end });
      });
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#send({ type: 'refused', device: id, error: presentable(error, 'opening the device') });
    } finally {
      this.#openings.delete(id);
    }
  }

  /** `ended` tells the other side; a release that fails is told as the end all the same. */
  #close(id: number): void {
    this.#openings.get(id)?.abort(new DeviceError('closed', 'nobody waits for the device'));
    this.#devices
      .get(id)
      ?.device.close()
      .catch(() => undefined);
  }

  #start(message: StartMessage): void {
    const { call, operation, shape } = message;
    const start = (signal: AbortSignal): unknown => {
      const open = this.#devices.get(message.device);
      if (open === undefined) throw new DeviceError('closed', 'the device has ended in its process');
      return methodOf(open, operation, shape)(...argumentsOf(message, signal));
    };
    // The operation may end before `serveCall` returns: then there is nothing to keep.
    const state = { over: false };
    const served = serveCall(operation, shape, start, (report) => {
      this.#send({ ...report, call });
      if (report.type === 'value' && shape !== 'call') return;
      state.over = true;
      this.#calls.delete(call);
    });
    if (!state.over) this.#calls.set(call, served);
  }
}

/** The method of an operation; only what the kind lists can be called from outside. */
function methodOf({ device, kind }: OpenDevice, operation: string, shape: OperationShape) {
  const shapes: Readonly<Record<string, OperationShape>> = kind.operations;
  if (!Object.hasOwn(shapes, operation) || shapes[operation] !== shape) {
    throw new DeviceError('unsupported', `a ${kind.id} in this process has no ${shape} ${operation}`, {
      remedy: 'use the same release of the SDK on both sides',
    });
  }
  const method: unknown = Reflect.get(device, operation);
  if (typeof method !== 'function') throw new DeviceError('protocol', `the device lacks ${operation}`);
  return (...args: readonly unknown[]): unknown => Reflect.apply(method, device, args);
}

function argumentsOf(message: StartMessage, signal: AbortSignal): readonly unknown[] {
  const { arguments: args, signalAt } = message;
  if (signalAt !== undefined && signalAt >= args.length) {
    throw new InputError('out-of-range', 'signalAt names no argument', { path: 'signalAt' });
  }
  return args.map((arg, index) => (index === signalAt ? signal : arg));
}

function childOffer(offer: Offer): ChildOffer {
  return {
    id: offer.id,
    kind: offer.kind.id,
    info: offer.info,
    physical: offer.physical,
    ...(offer.part === undefined ? {} : { part: offer.part }),
    driver: offer.driver,
    ...(offer.reachable === undefined ? {} : { reachable: offer.reachable }),
  };
}

function sourceFailed(source: string) {
  return {
    code: 'source.failed',
    severity: 'error',
    message: `the device source ${source} stopped working in its process`,
    remedy: 'start the application again; the other devices are not affected',
  } as const;
}
