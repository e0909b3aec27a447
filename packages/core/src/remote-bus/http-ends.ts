import type { HttpTransport } from '../transport.js';
import { maybe, type Fields } from '../wire/fields.js';
import { readHeaders } from './option-fields.js';
import { unknownOperation, type FarTransport, type ServedTransport } from './transport-ends.js';

/** Longest path of a request, in characters. */
const MAX_PATH = 65_536;

/** An HTTP service, where it is reached from. */
export function servedHttp(http: HttpTransport): ServedTransport {
  return {
    ended: http.ended,
    close: () => http.close(),
    said: {},
    call: async (operation, input, options) => {
      if (operation !== 'request') throw unknownOperation(operation);
      const { status, headers, body } = await http.request(readRequest(input), options);
      return { value: { status, headers }, body };
    },
    streams: {},
  };
}

/** The same service, where the app is. */
export function farHttp(far: FarTransport): HttpTransport {
  return {
    ended: far.ended,
    close: () => far.close(),
    request: async (request, options) => {
      const { value, body } = await far.ask('request', request, readHead, options);
      return { ...value, body };
    },
  } satisfies Required<HttpTransport>;
}

function readRequest(f: Fields) {
  return {
    method: f.text('method'),
    path: f.longText('path', MAX_PATH),
    ...maybe(f, 'headers', (field) => readHeaders(f, field)),
    ...maybe(f, 'body', (field) => f.bytes(field)),
  };
}

function readHead(f: Fields) {
  return { status: f.count('status'), headers: readHeaders(f, 'headers') };
}
