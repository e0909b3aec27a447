import type { CallOptions, HttpRequest, HttpResponse, HttpTransport } from '../../transport.js';
import { expectThat } from '../contract.js';
import { sameBytes } from './expectations.js';
import { HTTP_REFERENCE } from './http-protocol.js';
import { LATE_MS } from './limits.js';
import { joined, patternBytes } from './pattern.js';
import type { TransportKit } from './transport-kit.js';

/** Longer than any case waits. */
const NEVER_MS = 60_000;

/** How to talk to the reference service. */
export const httpKit: TransportKit<'http'> = {
  exchange: async (service, options) => {
    const body = await bodyOf(await get(service, `${HTTP_REFERENCE.bytes}/1000/1`, options));
    sameBytes('1000 bytes', body, patternBytes(1000, 1));
    const bytes = patternBytes(500, 2);
    const request = { method: 'POST', path: HTTP_REFERENCE.echo, body: bytes };
    sameBytes('an echo', await bodyOf(await answered(service, request, options)), bytes);
  },
  stuckCall: 'a pending request',
  stuck: (service) =>
    Promise.resolve((options) => get(service, `${HTTP_REFERENCE.wait}/${NEVER_MS}`, options)),
  late: (service) => get(service, `${HTTP_REFERENCE.wait}/${LATE_MS}`),
  calls: (service) => [
    { name: 'request()', make: () => service.request({ method: 'GET', path: HTTP_REFERENCE.hello }) },
  ],
};

/** The answer to a GET, whose status must be 200. */
export function get(service: HttpTransport, path: string, options?: CallOptions): Promise<HttpResponse> {
  return answered(service, { method: 'GET', path }, options);
}

/** The answer to a request, whose status must be 200. */
export async function answered(
  service: HttpTransport,
  request: HttpRequest,
  options?: CallOptions,
): Promise<HttpResponse> {
  const response = await service.request(request, options);
  expectThat(response.status === 200, `${request.path} is answered with status ${response.status}`);
  return response;
}

/** The whole body. */
export async function bodyOf({ body }: HttpResponse): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return joined(chunks);
}

/** The whole body as text. */
export async function textOf(response: HttpResponse): Promise<string> {
  return new TextDecoder().decode(await bodyOf(response));
}

/** The body from its first chunk to that which holds byte `length`, and what reads on; the rest is not asked for. */
export async function front(
  { body }: HttpResponse,
  length: number,
): Promise<{ readonly bytes: Uint8Array; readonly rest: AsyncIterator<Uint8Array> }> {
  const rest = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let bytes = 0; bytes < length;) {
    const next = await rest.next();
    expectThat(next.done !== true, `the body ends after ${bytes} of ${length} bytes`);
    chunks.push(next.value);
    bytes += next.value.length;
  }
  return { bytes: joined(chunks), rest };
}

/** How many answers of the service are under way, beside the one that tells it. */
export async function running(service: HttpTransport): Promise<number> {
  return Number(await textOf(await get(service, HTTP_REFERENCE.running)));
}
