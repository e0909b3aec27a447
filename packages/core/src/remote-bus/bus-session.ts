import type { Observable } from 'rxjs';
import { InputError } from '@buergerkoffer/formats';
import type { PortEvent } from '../bus.js';
import type { DeviceError } from '../device-error.js';
import type { BusKind, Port } from '../port.js';
import type { Session } from '../supervision/life.js';
import type { OpenOptionsOf, TransportOf } from '../transport.js';
import { readBusReport } from './bus-report.js';
import { BUS_PROTOCOL_VERSION } from './bus-request.js';
import { farEnd } from './ends.js';
import { readPortEvent } from './event-fields.js';
import { FarCalls } from './far-calls.js';
import { FarOpenings } from './far-openings.js';
import { nothing } from './transport-ends.js';
import type { Channel } from './travelling-bytes.js';

/** Calls that belong to no transport. */
const OF_THE_BUS = 0;
/** How long a reset may take, in milliseconds. */
const RESET_MS = 10_000;

/** The side of the app during one life of the other side. */
export class BusSession<K extends BusKind> implements Session {
  /** Resolves with the hello. */
  readonly ready: Promise<void>;
  readonly #kind: K;
  readonly #calls: FarCalls;
  readonly #openings: FarOpenings;
  #greeted = false;
  #over = false;
  #welcome: () => void = () => undefined;

  constructor(kind: K, channel: Channel) {
    this.#kind = kind;
    this.#calls = new FarCalls(channel);
    this.#openings = new FarOpenings(this.#calls);
    this.ready = new Promise((resolve) => {
      this.#welcome = resolve;
    });
  }

  get greeted(): boolean {
    return this.#greeted;
  }

  receive(value: unknown): void {
    const message = readBusReport(value);
    if (!this.#greeted && message.type !== 'hello') {
      throw new InputError('malformed', 'something before hello', { path: 'type' });
    }
    switch (message.type) {
      case 'hello':
        this.#greet(message.version, message.kind);
        break;
      case 'pong':
        break;
      case 'opened':
        this.#openings.opened(message.transport, message.said);
        break;
      case 'refused':
        this.#openings.refused(message.transport, message.error);
        break;
      case 'ended':
        this.#openings.ended(message.transport, message.end);
        break;
      case 'value':
        this.#calls.listenerOf(message.call)?.value(message.value);
        break;
      case 'done':
        this.#calls.listenerOf(message.call)?.done();
        break;
      case 'failed':
        this.#calls.listenerOf(message.call)?.failed(message.error);
        break;
      default:
        message satisfies never;
    }
  }

  /** Whether this life is over. */
  get over(): boolean {
    return this.#over;
  }

  end(error: DeviceError): void {
    this.#over = true;
    this.#openings.end(error);
    this.#calls.end(error);
  }

  /** The events of the bus there. */
  get events(): Observable<PortEvent<K>> {
    const start = (call: number): void => {
      this.#calls.channel.send({ type: 'watch', call });
    };
    return this.#calls.stream(OF_THE_BUS, start, (event) => readPortEvent(this.#kind, event));
  }

  /** Opens a port there. */
  open(port: Port<K>, options: OpenOptionsOf[K], signal: AbortSignal): Promise<TransportOf[K]> {
    return this.#openings.open(
      { type: 'open', port, options },
      (far, said) => farEnd(this.#kind, far, said),
      signal,
    );
  }

  /** Resets the thing behind a port there. */
  reset(port: Port<K>, signal: AbortSignal): Promise<void> {
    const start = (call: number): void => {
      this.#calls.channel.send({ type: 'reset', call, port });
    };
    return this.#calls.ask(OF_THE_BUS, 'the reset', start, nothing, { timeoutMs: RESET_MS, signal });
  }

  #greet(version: number, kind: BusKind): void {
    const remedy = 'use the same release of the SDK on both sides';
    if (version !== BUS_PROTOCOL_VERSION) {
      throw new InputError(
        'unsupported',
        `protocol version ${version}; this release speaks ${BUS_PROTOCOL_VERSION}`,
        { path: 'version', remedy },
      );
    }
    if (kind !== this.#kind) {
      throw new InputError('unsupported', `it serves a ${kind} bus where a ${this.#kind} bus is expected`, {
        path: 'kind',
        remedy: 'give the module that serves this bus',
      });
    }
    this.#greeted = true;
    this.#welcome();
  }
}
