import { throwError } from 'rxjs';
import type { Bus } from '../bus.js';
import { DeviceError } from '../device-error.js';
import type { BusKind } from '../port.js';
import { BUS_PROTOCOL_VERSION, readBusRequest, type BusRequest } from './bus-request.js';
import { served } from './ends.js';
import { readOpenOptions } from './option-fields.js';
import { EventOutbox, LatestOutbox, WholeOutbox } from './outbox.js';
import { readPort } from './port-fields.js';
import { errorFields, optionsOf, ServedCalls } from './served-calls.js';
import { unknownOperation, type ServedTransport } from './transport-ends.js';
import { sendWithBytes, type Channel } from './travelling-bytes.js';

type Of<T extends BusRequest['type']> = Extract<BusRequest, { readonly type: T }>;

/** The side where the bus is: opens its ports and runs what the other side asks for. */
export class BusServer<K extends BusKind> {
  readonly #bus: Bus<K>;
  readonly #channel: Channel;
  readonly #calls: ServedCalls;
  readonly #transports = new Map<number, ServedTransport>();
  readonly #openings = new Map<number, AbortController>();
  /** Resolves when the other side needs the bus no longer. */
  readonly finished: Promise<void>;
  #finish: () => void = () => undefined;

  constructor(bus: Bus<K>, channel: Channel) {
    this.#bus = bus;
    this.#channel = channel;
    this.#calls = new ServedCalls(channel);
    this.finished = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** Says hello. */
  start(): void {
    this.#channel.send({ type: 'hello', version: BUS_PROTOCOL_VERSION, kind: this.#bus.kind });
  }

  /** Acts on one message; `InputError` when it is malformed. */
  receive(value: unknown): void {
    const message = readBusRequest(value);
    switch (message.type) {
      case 'ping':
        this.#channel.send({ type: 'pong' });
        break;
      case 'finish':
        this.#finish();
        break;
      case 'watch':
        this.#calls.stream(
          { call: message.call, transport: 0, name: 'the bus' },
          this.#bus.events,
          new EventOutbox<K>(),
        );
        break;
      case 'open':
        void this.#open(message);
        break;
      case 'connect':
        void this.#connect(message);
        break;
      case 'close':
        this.#close(message.transport);
        break;
      case 'reset':
        void this.#calls.run(message.call, 'the reset', (signal) => this.#reset(message, signal));
        break;
      case 'call':
        void this.#calls.run(message.call, message.operation, (signal) =>
          this.#transport(message.transport).call(
            message.operation,
            message.input,
            optionsOf(message.timeoutMs, signal),
          ),
        );
        break;
      case 'stream':
        this.#stream(message);
        break;
      case 'credit':
        this.#calls.grant(message.call, message.count);
        break;
      case 'abort':
        this.#calls.abort(message.call);
        break;
      case 'cancel':
        this.#calls.cancel(message.call);
        break;
      default:
        message satisfies never;
    }
  }

  /** Nobody listens any more: closes everything; never rejects. */
  async end(): Promise<void> {
    this.#calls.end();
    for (const opening of this.#openings.values()) opening.abort(new DeviceError('closed', 'nobody waits'));
    await Promise.allSettled([...this.#transports.values()].map((transport) => transport.close()));
  }

  #open(message: Of<'open'>): Promise<void> {
    const { kind } = this.#bus;
    return this.#opened(message.transport, async (signal) => {
      const port = readPort(kind, message.port);
      const options = readOpenOptions(kind, message.options);
      return served(kind, await this.#bus.open(port, options, signal));
    });
  }

  #connect(message: Of<'connect'>): Promise<void> {
    return this.#opened(message.transport, async (signal) => {
      const reader = this.#transport(message.reader);
      if (reader.connect === undefined)
        throw new DeviceError('invalid-request', 'this transport is no reader');
      return reader.connect(message.mode, optionsOf(message.timeoutMs, signal));
    });
  }

  /** Opens something as transport `id`; one that opens when it is no longer wanted is closed. */
  async #opened(id: number, open: (signal: AbortSignal) => Promise<ServedTransport>): Promise<void> {
    const controller = new AbortController();
    this.#openings.set(id, controller);
    try {
      const transport = await open(controller.signal);
      const said = await describe(transport);
      if (controller.signal.aborted) {
        await transport.close();
        return;
      }
      this.#transports.set(id, transport);
      sendWithBytes(this.#channel, { type: 'opened', transport: id }, 'said', said, 'borrowed');
      void transport.ended.then((end) => {
        this.#transports.delete(id);
        this.#calls.drain(id);
        const told = end.reason === 'closed' ? end : { ...end, error: errorFields(end.error, 'the device') };
        this.#channel.send({ type: 'ended', transport: id, end: told });
      });
    } catch (error) {
      if (controller.signal.aborted) return;
      this.#channel.send({ type: 'refused', transport: id, error: errorFields(error, 'opening the port') });
    } finally {
      this.#openings.delete(id);
    }
  }

  /** `ended` tells the other side, also of a release that fails. */
  #close(id: number): void {
    this.#openings.get(id)?.abort(new DeviceError('closed', 'nobody waits for the port'));
    this.#transports
      .get(id)
      ?.close()
      .catch(() => undefined);
  }

  async #reset(message: Of<'reset'>, signal: AbortSignal) {
    const port = readPort(this.#bus.kind, message.port);
    if (this.#bus.reset === undefined) {
      throw new DeviceError('unsupported', `the ${this.#bus.kind} bus of this computer resets nothing`, {
        remedy: 'unplug the device and plug it in again',
      });
    }
    await this.#bus.reset(port, signal);
    return { value: {} };
  }

  #stream({ call, transport: id, stream: name }: Of<'stream'>): void {
    const transport = this.#transports.get(id);
    const has = transport !== undefined && Object.hasOwn(transport.streams, name);
    const told = has ? transport.streams[name] : undefined;
    const items =
      told?.items ?? throwError(() => (transport === undefined ? over() : unknownOperation(name)));
    const outbox = told?.keep === 'latest' ? new LatestOutbox() : new WholeOutbox();
    this.#calls.stream({ call, transport: id, name }, items, outbox);
  }

  #transport(id: number): ServedTransport {
    const transport = this.#transports.get(id);
    if (transport === undefined) throw over();
    return transport;
  }
}

/** What a transport says of itself; one that cannot say it is closed. */
async function describe(transport: ServedTransport): Promise<object> {
  try {
    return await transport.said;
  } catch (error) {
    await transport.close();
    throw error;
  }
}

function over(): DeviceError {
  return new DeviceError('closed', 'the transport has ended');
}
