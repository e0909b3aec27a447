import { DeviceError, type HttpRequest, type HttpResponse } from '@buergerkoffer/core';
import { HTTP_GATE_BYTES, HTTP_HELLO, HTTP_REFERENCE, patternBytes } from '@buergerkoffer/core/testing';
import type { HttpService } from '../virtual-http.js';

/** Ways to break the rules of HTTP, which need a wire. */
export type HttpMisbehaviour = 'garbage' | 'big-head' | 'hang-up' | 'cut' | 'excess';

/** What the reference service does with a request. */
export type ReferenceAnswer =
  | { readonly type: 'response'; readonly response: HttpResponse }
  | { readonly type: 'misbehaviour'; readonly how: HttpMisbehaviour };

const MISBEHAVIOUR: Readonly<Record<string, HttpMisbehaviour>> = {
  [HTTP_REFERENCE.garbage]: 'garbage',
  [HTTP_REFERENCE.bigHead]: 'big-head',
  [HTTP_REFERENCE.hangUp]: 'hang-up',
  [HTTP_REFERENCE.cut]: 'cut',
  [HTTP_REFERENCE.excess]: 'excess',
};
const CHUNK_BYTES = 16 * 1024;
const NOTHING = new Uint8Array(0);

/** The service that the suite for HTTP transports talks to, for a bus of this process: there is no wire to break. */
export function referenceHttp(): HttpService {
  const service = new ReferenceHttp();
  return async (request, signal) => {
    const answer = await service.answer(request, signal);
    if (answer.type === 'response') return answer.response;
    throw new DeviceError('unsupported', `without a wire nothing shows ${answer.how}`);
  };
}

/** The reference service, whatever carries it. */
export class ReferenceHttp {
  readonly #running = new Set<AbortSignal>();
  readonly #gates = new Set<() => void>();

  /** Answers a request; `signal` is aborted when the answer is over, or nobody waits for it any more. */
  async answer(request: HttpRequest, signal: AbortSignal): Promise<ReferenceAnswer> {
    const [, name = '', ...numbers] = request.path.split('/');
    const [first = 0, second = 0] = numbers.map(Number);
    const path = `/${name}`;
    const how = MISBEHAVIOUR[path];
    if (how !== undefined) return { type: 'misbehaviour', how };
    const response = await this.#response(path, first, second, request, signal);
    return { type: 'response', response };
  }

  async #response(
    path: string,
    first: number,
    second: number,
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    switch (path) {
      case HTTP_REFERENCE.hello:
        return response(200, text(HTTP_HELLO), { 'x-reference': 'Hello' });
      case HTTP_REFERENCE.echo: {
        const { 'x-reference': reference = '' } = request.headers ?? {};
        const headers = { 'x-method': request.method, 'x-reference': reference };
        return response(200, request.body ?? NOTHING, headers);
      }
      case HTTP_REFERENCE.status: {
        const redirected = first >= 300 && first < 400;
        return response(first, NOTHING, redirected ? { location: HTTP_REFERENCE.hello } : {});
      }
      case HTTP_REFERENCE.bytes:
        return response(200, patternBytes(first, second));
      case HTTP_REFERENCE.wait:
        this.#run(signal);
        await pause(first, signal);
        return response(200, NOTHING);
      case HTTP_REFERENCE.gate:
        this.#run(signal);
        return { status: 200, headers: {}, body: this.#gate(signal) };
      case HTTP_REFERENCE.open:
        for (const open of this.#gates) open();
        return response(200, NOTHING);
      case HTTP_REFERENCE.endless:
        this.#run(signal);
        return { status: 200, headers: {}, body: endless(signal) };
      case HTTP_REFERENCE.running:
        return response(200, text(String(this.#running.size)));
      default:
        return response(404, NOTHING);
    }
  }

  /** Counts an answer until it is over. */
  #run(signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#running.add(signal);
    signal.addEventListener(
      'abort',
      () => {
        this.#running.delete(signal);
      },
      { once: true },
    );
  }

  /** The gate is shut from now on, whether or not somebody reads up to it. */
  #gate(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const opened = new Promise<void>((resolve) => {
      const open = (): void => {
        this.#gates.delete(open);
        signal.removeEventListener('abort', open);
        resolve();
      };
      this.#gates.add(open);
      signal.addEventListener('abort', open);
    });
    async function* body(): AsyncGenerator<Uint8Array> {
      yield patternBytes(HTTP_GATE_BYTES, 1);
      await opened;
      yield patternBytes(HTTP_GATE_BYTES, 2);
    }
    return body();
  }
}

async function* endless(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let seed = 0; !signal.aborted; seed += 1) {
    yield patternBytes(CHUNK_BYTES, seed);
    await pause(1, signal);
  }
}

function response(
  status: number,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  const length = bytes.length === 0 ? {} : { 'content-length': String(bytes.length) };
  return { status, headers: { ...headers, ...length }, body: chunks(bytes) };
}

// eslint-disable-next-line @typescript-eslint/require-await -- a body is asynchronous, these bytes are there already
async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}

/** Resolves in `ms` milliseconds, or when nobody waits any more. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener('abort', over);
  });
}
