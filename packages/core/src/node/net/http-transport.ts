import { Agent, request as send, type ClientRequest, type IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { withDeadline } from '../../deadline.js';
import type { End } from '../../device.js';
import { DeviceError } from '../../device-error.js';
import type {
  CallOptions,
  HttpRequest,
  HttpResponse,
  HttpTransport,
  OpenOptionsOf,
} from '../../transport.js';
import { connect, type Address } from './connect.js';
import { LoginKeeper, type HttpLogin } from './http-login.js';
import { netError } from './net-errors.js';

/** Deadline for the head of an answer where the request names none, in milliseconds. */
const HEAD_MS = 5_000;
/** How long a body may pause, in milliseconds: a scanner draws the next lines of a page meanwhile. */
const PAUSE_MS = 60_000;
/** Connections that are kept and used again, at most. */
const CONNECTIONS = 4;

/** An HTTP service at `url`, over connections that are kept. Redirects are answers, they are not followed. */
export class NodeHttpTransport implements HttpTransport {
  readonly ended: Promise<End>;
  readonly #url: URL;
  readonly #path: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #agent: Agent;
  readonly #login: LoginKeeper | undefined;
  readonly #over = new AbortController();
  #settle: (end: End) => void = () => undefined;

  constructor(url: URL, address: Address, options: OpenOptionsOf['http'], login?: HttpLogin) {
    this.#url = url;
    this.#path = address.path;
    this.#headers = options.headers ?? {};
    this.#login = login === undefined ? undefined : new LoginKeeper(login, url.protocol === 'https:');
    this.#agent = new ConnectingAgent(() =>
      connect(address, url.protocol === 'https:' ? (options.tls ?? {}) : undefined, this.#over.signal),
    );
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  async request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    options.signal?.throwIfAborted();
    this.#over.signal.throwIfAborted();
    const target = this.#target(request.path);
    const signals = [this.#over.signal, ...(options.signal === undefined ? [] : [options.signal])];
    const ended = AbortSignal.any(signals);
    const message = await withDeadline(
      `${request.method} to ${this.#path}`,
      options.timeoutMs ?? HEAD_MS,
      (signal) => this.#answer(request, target, signal),
      ended,
    );
    return {
      status: message.statusCode ?? 0,
      headers: headersOf(message),
      body: bodyOf(message, this.#path, ended),
    };
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the connection is closed'));
    this.#agent.destroy();
    this.#settle({ reason: 'closed' });
    return Promise.resolve();
  }

  /** Where `path` leads: somewhere on the same service, or it is refused. */
  #target(path: string): string {
    const target = URL.canParse(path, this.#url) ? new URL(path, this.#url) : undefined;
    if (target?.origin === this.#url.origin) return `${target.pathname}${target.search}`;
    throw new DeviceError('invalid-request', 'the path of a request leads to another service', {
      path: 'path',
      remedy: 'give a path relative to the address of the port',
    });
  }

  /** The head of the answer, as whoever this is where the service asks. */
  async #answer(request: HttpRequest, target: string, signal: AbortSignal): Promise<IncomingMessage> {
    if (this.#login === undefined) return this.#head(request, target, signal);
    const { message } = await this.#login.ask({ ...request, target }, async (authorization) => {
      const named = authorization === undefined ? {} : { authorization };
      const message = await this.#head(
        { ...request, headers: { ...request.headers, ...named } },
        target,
        signal,
      );
      return {
        message,
        status: message.statusCode ?? 0,
        challenges: message.headers['www-authenticate'] ?? '',
        abandon: () => message.destroy(),
      };
    });
    return message;
  }

  #head(request: HttpRequest, target: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      let message: ClientRequest;
      try {
        message = send({
          agent: this.#agent,
          host: this.#url.hostname,
          port: this.#url.port,
          method: request.method,
          path: target,
          headers: {
            host: this.#url.host,
            ...this.#headers,
            ...request.headers,
            ...(request.body === undefined ? {} : { 'content-length': String(request.body.length) }),
          },
        });
      } catch (error) {
        // A header or a method that HTTP cannot carry.
        reject(new DeviceError('invalid-request', 'the request cannot be sent as HTTP', { cause: error }));
        return;
      }
      const onAbort = (): void => {
        message.destroy();
        reject(signal.reason);
      };
      message.on('response', (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      });
      message.on('error', (error) => {
        signal.removeEventListener('abort', onAbort);
        reject(netError(error, this.#path));
      });
      signal.addEventListener('abort', onAbort, { once: true });
      message.end(request.body);
    });
  }
}

/** Makes its connections with `open`, which checks certificates. */
class ConnectingAgent extends Agent {
  readonly #open: () => Promise<Socket>;

  constructor(open: () => Promise<Socket>) {
    super({ keepAlive: true, maxSockets: CONNECTIONS, maxFreeSockets: CONNECTIONS });
    this.#open = open;
  }

  override createConnection(
    _: unknown,
    created?: (error: Error | null, connection: Duplex) => void,
  ): undefined {
    this.#open().then(
      (socket) => {
        created?.(null, socket);
      },
      (error: unknown) => {
        const failure =
          error instanceof Error ? error : new DeviceError('closed', 'the connection was given up');
        // The types ask for a connection even where there is none.
        created?.(failure, new Socket());
      },
    );
    return undefined;
  }
}

function headersOf(message: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(message.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}

/** The body as it comes. Leaving the loop, the end of `ended` and a pause that is too long end the transfer. */
async function* bodyOf(
  message: IncomingMessage,
  path: string,
  ended: AbortSignal,
): AsyncIterable<Uint8Array> {
  const chunks = (message as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Only the other side's pauses count, not those of whoever reads.
      const next = await withDeadline(`the answer of ${path}`, PAUSE_MS, () => chunks.next(), ended);
      if (next.done === true) return;
      yield new Uint8Array(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    }
  } catch (error) {
    ended.throwIfAborted();
    throw netError(error, path);
  } finally {
    message.destroy();
  }
}
