import { DeviceError, type HttpResponse, type HttpTransport } from '@buergerkoffer/core';
import { HTTP_REFERENCE } from '@buergerkoffer/core/testing';
import { overlay, type Sabotage } from './sabotage.js';

/** What an HTTP transport can do wrong with answers and bodies, and the case that catches it. */
export const HTTP_SABOTAGE: readonly Sabotage<'http'>[] = [
  {
    does: 'writes the names of headers large',
    caughtBy: 'an answer has a status, headers in lower case, and a body',
    transport: (http) =>
      answering(http, (response) => ({
        ...response,
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name.toUpperCase(), value]),
        ),
      })),
  },
  {
    does: 'forgets the headers of requests',
    caughtBy: 'method, headers and bodies of every size go out',
    transport: (http) =>
      overlay(http, {
        request: ({ headers: _, ...request }, options) => http.request(request, options),
      }),
  },
  {
    does: 'follows redirections',
    caughtBy: 'every status is an answer, and a redirection is not followed',
    transport: (http) =>
      overlay(http, {
        request: async (request, options) => {
          const response = await http.request(request, options);
          const { location } = response.headers;
          return location === undefined ? response : http.request({ method: 'GET', path: location }, options);
        },
      }),
  },
  {
    does: 'throws at a status that tells of an error',
    caughtBy: 'every status is an answer, and a redirection is not followed',
    transport: (http) =>
      answering(http, (response) => {
        if (response.status >= 400) throw new DeviceError('protocol', String(response.status));
        return response;
      }),
  },
  {
    does: 'ends bodies after a megabyte',
    caughtBy: 'a body of megabytes comes whole',
    transport: (http) =>
      reading(http, async function* (body) {
        let bytes = 0;
        for await (const chunk of body) {
          bytes += chunk.length;
          yield chunk;
          if (bytes > 1 << 20) return;
        }
      }),
  },
  {
    does: 'makes one request at a time',
    caughtBy: 'requests run beside one another',
    transport: (http) => {
      let last: Promise<unknown> = Promise.resolve();
      return overlay(http, {
        request: (request, options) => {
          const work = last.catch(() => undefined).then(() => http.request(request, options));
          last = work;
          return work;
        },
      });
    },
  },
  {
    does: 'goes wherever a path leads',
    caughtBy: 'a request that would leave its service or its head is invalid',
    transport: (http) =>
      overlay(http, {
        request: (request, options) =>
          http.request(
            { ...request, path: request.path.startsWith('//') ? HTTP_REFERENCE.hello : request.path },
            options,
          ),
      }),
  },
  {
    does: 'hands a body on when it is whole',
    caughtBy: 'a body comes as it is sent, not when it is whole',
    transport: (http) =>
      reading(http, async function* (body) {
        const chunks: Uint8Array[] = [];
        for await (const chunk of body) chunks.push(chunk);
        yield* chunks;
      }),
  },
  {
    does: 'ends bodies at the deadline of their request',
    caughtBy: 'the deadline of a request ends with its head',
    transport: (http) =>
      overlay(http, {
        request: async (request, options) => {
          const late = options?.timeoutMs === undefined ? undefined : AbortSignal.timeout(options.timeoutMs);
          const response = await http.request(request, options);
          async function* until(): AsyncGenerator<Uint8Array> {
            for await (const chunk of response.body) {
              if (late?.aborted === true) throw new DeviceError('timeout', 'late');
              yield chunk;
            }
          }
          if (options?.timeoutMs === undefined) return response;
          const { timeoutMs } = options;
          const over = new Promise<never>((_, reject) => {
            setTimeout(() => {
              reject(new DeviceError('timeout', 'late'));
            }, timeoutMs);
          });
          over.catch(() => undefined);
          const chunks = until();
          return {
            ...response,
            body: {
              [Symbol.asyncIterator]: () => ({ next: () => Promise.race([chunks.next(), over]) }),
            },
          };
        },
      }),
  },
  {
    does: 'does not hear the signal behind the head',
    caughtBy: 'the signal of a request ends its body too',
    transport: (http) =>
      overlay(http, {
        request: (request, { signal, ...options } = {}) => {
          signal?.throwIfAborted();
          return http.request(request, options);
        },
      }),
  },
  {
    does: 'reads bodies to the end though nobody wants them',
    caughtBy: 'whoever stops reading a body cancels it',
    transport: (http) =>
      overlay(http, {
        request: async (request, options) => {
          const response = await http.request(request, options);
          const chunks = response.body[Symbol.asyncIterator]();
          return {
            ...response,
            body: { [Symbol.asyncIterator]: () => ({ next: () => chunks.next() }) },
          };
        },
      }),
  },
  {
    does: 'lets an aborted request run on',
    caughtBy: 'a request that is aborted before its head is cancelled',
    transport: (http) =>
      overlay(http, {
        request: (request, { signal, ...options } = {}) =>
          Promise.race([
            http.request(request, { timeoutMs: 60_000, ...options }),
            new Promise<never>((_, reject) => {
              signal?.addEventListener('abort', () => {
                reject(signal.reason as Error);
              });
            }),
          ]),
      }),
  },
  {
    does: 'leaves bodies alone in close()',
    caughtBy: '`close()` ends bodies, read and unread, as closed',
    transport: (http) => overlay(http, { close: () => Promise.resolve() }),
  },
  {
    does: 'calls what was under way at a loss timed out',
    caughtBy: 'what is under way when the service goes away is lost',
    transport: (http) =>
      overlay(http, {
        request: (request, options) =>
          http.request(request, options).catch((error: unknown) => {
            if (!(error instanceof DeviceError) || error.code !== 'lost') throw error;
            throw new DeviceError('timeout', 'no answer');
          }),
      }),
  },
  {
    does: 'never finds a service again',
    caughtBy: 'a service that has come back answers',
    bus: (bus) => {
      let gone = false;
      return overlay(bus, {
        open: async (port, options, signal) => {
          if (gone) throw new DeviceError('not-found', 'gone');
          const transport = await bus.open(port, options, signal);
          void transport.ended.then(() => {
            gone = true;
          });
          return transport;
        },
      });
    },
  },
];

function answering(http: HttpTransport, change: (response: HttpResponse) => HttpResponse): HttpTransport {
  return overlay(http, {
    request: async (request, options) => change(await http.request(request, options)),
  });
}

function reading(
  http: HttpTransport,
  change: (body: AsyncIterable<Uint8Array>) => AsyncGenerator<Uint8Array>,
): HttpTransport {
  return answering(http, (response) => ({ ...response, body: change(response.body) }));
}
