import type { IncomingMessage, ServerResponse } from 'node:http';

/** An answer of the double. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly body: string;
}

/** JSON with a status. */
export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers, mediaType: 'application/json', body: JSON.stringify(value) };
}

/** What went wrong, as the interface writes it. */
export function problem(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(status, { code, message }, headers);
}

/** A request's fault that has an answer. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`status ${reply.status}`);
    this.reply = reply;
  }
}

/** Sends the reply and ends the response. */
export function send(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-type': reply.mediaType,
    'content-length': String(body.length),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** Sends the head and half of the body, then cuts the connection. */
export function cutShort(response: ServerResponse, reply: Reply): void {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'content-type': reply.mediaType,
    'content-length': String(body.length),
  });
  response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

/** The body of a request of the given media type; throws `HttpProblem` 415 or 413 before more than `maxBytes` are kept. */
export async function readBody(
  request: IncomingMessage,
  mediaType: string,
  maxBytes: number,
): Promise<Buffer> {
  const declared = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (declared !== mediaType) {
    throw new HttpProblem(problem(415, 'unsupported-media-type', `the body must be ${mediaType}`));
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const stream: AsyncIterable<Buffer> = request;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new HttpProblem(
        problem(413, 'too-large', `the body is larger than ${maxBytes} bytes`, { connection: 'close' }),
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The JSON of a request's body; throws `HttpProblem` 400, 413 or 415. */
export async function readJsonBody(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const body = await readBody(request, 'application/json', maxBytes);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // The parser's message quotes the body, which may be personal data.
    throw new HttpProblem(problem(400, 'malformed', 'the body is not JSON'));
  }
}
