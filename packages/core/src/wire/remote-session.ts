import { BehaviorSubject, filter, firstValueFrom, map, type Observable } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import type { Diagnostic } from '../bus.js';
import type { Device, DeviceKind } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { Session } from '../supervision/life.js';
import { readChildMessage, type ChildMessage, type ChildOffer } from './child-message.js';
import { PROTOCOL_VERSION, type HostMessage } from './host-message.js';
import { RemoteDevice, type CallTable } from './remote-device.js';

interface Opening {
  readonly kind: DeviceKind;
  readonly opened: (device: Device) => void;
  readonly refused: (error: unknown) => void;
}

/** The application's side of one connection to a process with devices, from its `hello` to its end. */
export class RemoteSession implements Session {
  /** Resolves with the first list. */
  readonly ready: Promise<void>;
  /** The process's list, at every change. */
  readonly offers: Observable<readonly ChildOffer[]>;
  /** What the process says. */
  readonly diagnostics: Observable<readonly Diagnostic[]>;
  readonly #send: (message: HostMessage) => void;
  readonly #offers = new BehaviorSubject<readonly ChildOffer[] | undefined>(undefined);
  readonly #diagnostics = new BehaviorSubject<readonly Diagnostic[]>([]);
  readonly #openings = new Map<number, Opening>();
  readonly #devices = new Map<number, RemoteDevice>();
  readonly #calls: CallTable = { listeners: new Map(), last: 0 };
  #lastDevice = 0;
  #greeted = false;
  #over: DeviceError | undefined;

  constructor(send: (message: HostMessage) => void) {
    this.#send = send;
    this.offers = this.#offers.pipe(filter((offers) => offers !== undefined));
    this.diagnostics = this.#diagnostics.asObservable();
    this.ready = firstValueFrom(this.offers.pipe(map(() => undefined)), { defaultValue: undefined });
  }

  get greeted(): boolean {
    return this.#greeted;
  }

  receive(value: unknown): void {
    const message = readChildMessage(value);
    if (!this.#greeted && message.type !== 'hello') throw outOfPlace('anything before hello', 'type');
    switch (message.type) {
      case 'hello':
        if (message.version !== PROTOCOL_VERSION) throw otherVersion(message.version);
        this.#greeted = true;
        break;
      case 'pong':
        break;
      case 'offers':
        this.#offers.next(message.offers);
        break;
      case 'diagnostics':
        this.#diagnostics.next(message.diagnostics);
        break;
      case 'opened':
        this.#opened(message);
        break;
      case 'refused':
        this.#checkDevice(message.device);
        this.#openings.get(message.device)?.refused(message.error);
        break;
      case 'ended':
        this.#checkDevice(message.device);
        this.#devices.get(message.device)?.end(message.end);
        this.#devices.delete(message.device);
        break;
      case 'value':
        this.#listenerOf(message.call)?.value(message.value);
        break;
      case 'done':
        this.#listenerOf(message.call)?.done();
        break;
      case 'failed':
        this.#listenerOf(message.call)?.failed(message.error);
        break;
      default:
        message satisfies never;
    }
  }

  /**
   * Opens the device of an offer; aborting gives it up, and a device that opens after all is closed there. Rejects
   * `not-found` when the list lacks the offer now.
   */
  open(offer: string, kind: DeviceKind, signal: AbortSignal): Promise<Device> {
    const id = ++this.#lastDevice;
    return new Promise<Device>((resolve, reject) => {
      signal.throwIfAborted();
      if (this.#over !== undefined) throw this.#over;
      if (this.#offers.value?.some((one) => one.id === offer) !== true) {
        throw new DeviceError('not-found', 'the process no longer offers the device');
      }
      const give = (): void => {
        signal.removeEventListener('abort', onAbort);
        this.#openings.delete(id);
      };
      const refused = (error: unknown): void => {
        give();
        reject(error);
      };
      const onAbort = (): void => {
        this.#send({ type: 'close', device: id });
        refused(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const opened = (device: Device): void => {
        give();
        resolve(device);
      };
      this.#openings.set(id, { kind, opened, refused });
      this.#send({ type: 'open', device: id, offer });
    });
  }

  end(error: DeviceError): void {
    this.#over ??= error;
    for (const { refused } of [...this.#openings.values()]) refused(error);
    for (const device of [...this.#devices.values()]) device.end({ reason: 'lost', error });
    this.#devices.clear();
  }

  #opened(message: Extract<ChildMessage, { readonly type: 'opened' }>): void {
    this.#checkDevice(message.device);
    const opening = this.#openings.get(message.device);
    if (opening === undefined) return;
    const { device: id } = message;
    const remote = new RemoteDevice(id, opening.kind, message, this.#send, this.#calls);
    this.#devices.set(id, remote);
    opening.opened(remote.device);
  }

  /** Undefined for a call that ended on this side while the message was under way. */
  #listenerOf(call: number) {
    if (call < 1 || call > this.#calls.last) throw outOfPlace('a call that was never made', 'call');
    return this.#calls.listeners.get(call);
  }

  #checkDevice(device: number): void {
    if (device < 1 || device > this.#lastDevice) throw outOfPlace('a device that was never opened', 'device');
  }
}

function outOfPlace(what: string, path: string): InputError {
  return new InputError('malformed', `the process with the devices sent ${what}`, { path });
}

function otherVersion(version: number): InputError {
  return new InputError(
    'unsupported',
    `protocol version ${version}; this release speaks ${PROTOCOL_VERSION}`,
    {
      path: 'version',
      remedy: 'use the same release of the SDK on both sides',
    },
  );
}
