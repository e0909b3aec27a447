import {
  DeviceError,
  DeviceLife,
  type CallOptions,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
  type HttpTransport,
} from '@buergerkoffer/core';
import type { VirtualHardware } from './lab-bus.js';
import { pendingCall } from './pending-call.js';
import { lossOf, onAbort } from './signals.js';

/** A service: one request in, one answer out; `signal` is aborted when nobody waits for head or body any more. */
export type HttpService = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** An HTTP service in this process. Each transport is one client of it. */
export function virtualHttp(port: HttpPort, service: HttpService): VirtualHardware<'http'> {
  return { port, connect: (_, unplugged) => Promise.resolve(new VirtualHttpTransport(service, unplugged)) };
}

class VirtualHttpTransport implements HttpTransport {
  readonly ended;
  readonly #service: HttpService;
  readonly #life = new DeviceLife();
  readonly #over = new AbortController();

  /** `unplugged` is aborted, with the `lost` error as reason, when the service goes away. */
  constructor(service: HttpService, unplugged: AbortSignal) {
    this.#service = service;
    this.ended = this.#life.ended;
    onAbort(
      unplugged,
      () => {
        const error = lossOf(unplugged);
        this.#life.lose(error);
        this.#over.abort(error);
      },
      this.ended,
    );
  }

  async request(request: HttpRequest, options: CallOptions = {}): Promise<HttpResponse> {
    checkRequest(request);
    const nobodyWaits = new AbortController();
    const { signal } = options;
    const ends = signal === undefined ? [this.#over.signal] : [this.#over.signal, signal];
    type Answer = { readonly response: HttpResponse } | { readonly error: unknown };
    const answer = await pendingCall<Answer>('request', options, this.#over.signal, (answered) => {
      this.#service(request, nobodyWaits.signal).then(
        (response) => {
          answered({ response });
        },
        (error: unknown) => {
          answered({ error });
        },
      );
      return () => {
        nobodyWaits.abort();
      };
    });
    if ('error' in answer) throw DeviceError.from(answer.error, 'protocol', 'the service failed');
    return { ...answer.response, body: bodyUntil(answer.response.body, ends, nobodyWaits) };
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the connection was closed'));
    return this.#life.close();
  }
}

/** `body` until it is whole, nobody reads on, or one of `ends` is aborted; `over` is aborted then. */
function bodyUntil(
  body: AsyncIterable<Uint8Array>,
  ends: readonly AbortSignal[],
  over: AbortController,
): AsyncIterable<Uint8Array> {
  const stop = (): void => {
    for (const end of ends) end.removeEventListener('abort', stop);
    over.abort();
  };
  for (const end of ends) end.addEventListener('abort', stop);
  async function* reading(): AsyncGenerator<Uint8Array> {
    const chunks = body[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await orEnd(chunks.next(), ends);
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      stop();
      // Not waited for: a chunk that never comes would hold it up.
      void chunks.return?.().catch(() => undefined);
    }
  }
  return reading();
}

/** `work`, or the reason of the first of `ends` that is aborted. */
function orEnd<T>(work: Promise<T>, ends: readonly AbortSignal[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const onEnd = (): void => {
      reject(ends.find(({ aborted }) => aborted)?.reason);
    };
    const settle = (): void => {
      for (const end of ends) end.removeEventListener('abort', onEnd);
    };
    if (ends.some(({ aborted }) => aborted)) onEnd();
    for (const end of ends) end.addEventListener('abort', onEnd);
    work.then(resolve, reject).finally(settle);
  });
}

/** RFC 9110, 5.6.2: a token. */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Printable ASCII: nothing that ends the line, and nothing that names another host or scheme. */
const PATH = /^(?!\/\/|[A-Za-z][A-Za-z0-9+.-]*:)[!-~]*$/;

function checkRequest({ method, path, headers = {} }: HttpRequest): void {
  if (!TOKEN.test(method)) throw new DeviceError('invalid-request', 'this is no method', { path: 'method' });
  if (!PATH.test(path)) {
    throw new DeviceError('invalid-request', 'a path is printable ASCII and names no other host', {
      path: 'path',
    });
  }
  for (const [name, value] of Object.entries(headers)) {
    if (TOKEN.test(name) && !/[\u0000-\u0008\u000a-\u001f\u007f]/.test(value)) continue;
    throw new DeviceError('invalid-request', 'this is no header', { path: 'headers' });
  }
}
