import { withDeadline } from '../deadline.js';
import type { Device, DeviceInfo, DeviceKind, End, OperationShape } from '../device.js';
import { DeviceError } from '../device-error.js';
import type { HostMessage } from './host-message.js';
import {
  remoteOperation,
  signalOf,
  type CallListener,
  type RemoteCall,
  type StartCall,
} from './remote-operations.js';

/** How long the other process may take to release a device, in milliseconds. */
const CLOSE_MS = 10_000;

/** The calls that run in the other process, by number. */
export interface CallTable {
  readonly listeners: Map<number, CallListener>;
  /** The number of the last call. */
  last: number;
}

/** One device that is open in the other process. */
export class RemoteDevice {
  readonly device: Device;
  readonly #id: number;
  readonly #send: (message: HostMessage) => void;
  readonly #calls: CallTable;
  readonly #running = new Set<number>();
  readonly #ended: Promise<End>;
  #settle: (end: End) => void = () => undefined;
  #over: DeviceError | undefined;
  #closing: Promise<void> | undefined;

  /** `properties`: what the device says of itself beside `info`; operations are those that `kind` lists. */
  constructor(
    id: number,
    kind: DeviceKind,
    opened: { readonly info: DeviceInfo; readonly properties: readonly (readonly [string, unknown])[] },
    send: (message: HostMessage) => void,
    calls: CallTable,
  ) {
    this.#id = id;
    this.#send = send;
    this.#calls = calls;
    this.#ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const shapes: Readonly<Record<string, OperationShape>> = kind.operations;
    const operations = Object.entries(shapes).map(
      ([name, shape]) => [name, remoteOperation(this.#start, name, shape)] as const,
    );
    const own = { info: opened.info, ended: this.#ended, close: () => this.#close() };
    this.device = { ...Object.fromEntries([...opened.properties, ...operations]), ...own };
  }

  /** The device is over: what still runs fails, `ended` settles. */
  end(end: End): void {
    this.#over =
      end.reason === 'lost' ? end.error : (this.#over ?? new DeviceError('closed', 'the device was closed'));
    this.#settle(end);
    for (const call of [...this.#running]) {
      const listener = this.#calls.listeners.get(call);
      this.#calls.listeners.delete(call);
      this.#running.delete(call);
      listener?.failed(this.#over);
    }
  }

  #close(): Promise<void> {
    this.#closing ??= this.#closeOnce();
    return this.#closing;
  }

  async #closeOnce(): Promise<void> {
    if (this.#over === undefined) {
      this.#over = new DeviceError('closed', 'the device is closed');
      this.#send({ type: 'close', device: this.#id });
    }
    await withDeadline('the release of the device in its process', CLOSE_MS, () => this.#ended);
  }

  readonly #start: StartCall = (operation, shape, args, listener): RemoteCall => {
    if (this.#over !== undefined) throw this.#over;
    const signal = signalOf(args);
    const signalAt = signal === undefined ? -1 : args.indexOf(signal);
    const call = ++this.#calls.last;
    const forget = (): void => {
      this.#calls.listeners.delete(call);
      this.#running.delete(call);
    };
    this.#calls.listeners.set(call, {
      value: (value) => {
        if (shape === 'call') forget();
        listener.value(value);
      },
      done: () => {
        forget();
        listener.done();
      },
      failed: (error) => {
        forget();
        listener.failed(error);
      },
    });
    this.#running.add(call);
    const tell = (type: 'pull' | 'abort' | 'cancel'): void => {
      if (this.#running.has(call)) this.#send({ type, call });
    };
    try {
      this.#send({
        type: 'start',
        call,
        device: this.#id,
        operation,
        shape,
        arguments: args.map((arg, index) => (index === signalAt ? undefined : arg)),
        ...(signalAt < 0 ? {} : { signalAt }),
      });
    } catch (error) {
      forget();
      throw error;
    }
    return {
      pull: () => {
        tell('pull');
      },
      abort: () => {
        tell('abort');
      },
      cancel: () => {
        tell('cancel');
        forget();
      },
      finish: () => {
        tell('cancel');
      },
    };
  };
}
