import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { HttpResponse } from '@buergerkoffer/core';
import { HTTP_CUT_BYTES, patternBytes } from '@buergerkoffer/core/testing';
import { ReferenceHttp, type HttpMisbehaviour } from '../reference/reference-http.js';
import type { AttachOptions } from './kernel/attached.js';
import { listen, type Listening, type ListenOptions } from './kernel/listen.js';

/** A head that is longer than anybody takes, in bytes. */
const BIG_HEAD_BYTES = 2 * 1024 * 1024;

/**
 * Puts the reference service of the suite for HTTP transports behind a TCP port, by default a free one of the loopback.
 * Rejects `busy` when the port is taken, `access-denied` when it may not be used.
 */
export async function attachReferenceHttp({
  failed = () => undefined,
  ...where
}: AttachOptions & ListenOptions = {}): Promise<Listening> {
  const service = new ReferenceHttp();
  const server = createServer((request, response) => {
    serve(service, request, response).catch((error: unknown) => {
      // A client that has gone is no failure of anybody's.
      if (!request.socket.destroyed) failed(error);
      request.socket.destroy();
    });
  });
  return listen(server, where);
}

async function serve(
  service: ReferenceHttp,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const over = new AbortController();
  response.once('close', () => {
    over.abort();
  });
  const { method = '', url: path = '' } = request;
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const answer = await service.answer(
    { method, path, headers, body: await bodyOf(request, over.signal) },
    over.signal,
  );
  if (answer.type === 'response') await send(response, answer.response, over.signal);
  else misbehave(request.socket, answer.how);
}

async function bodyOf(request: IncomingMessage, over: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  await once(request, 'end', { signal: over });
  return new Uint8Array(Buffer.concat(chunks));
}

async function send(response: ServerResponse, answer: HttpResponse, over: AbortSignal): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(capitalised(name), value);
  response.writeHead(answer.status);
  response.flushHeaders();
  for await (const chunk of answer.body) {
    if (over.aborted) return;
    if (!response.write(chunk)) await once(response, 'drain', { signal: over }).catch(() => undefined);
  }
  response.end();
}

/** Says what no server says. */
function misbehave(socket: Socket, how: HttpMisbehaviour): void {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${HTTP_CUT_BYTES}\r\n\r\n`;
  switch (how) {
    case 'garbage':
      socket.end('220 reference.local ESMTP\r\n');
      return;
    case 'big-head':
      socket.write(`HTTP/1.1 200 OK\r\nX-Big: ${'x'.repeat(BIG_HEAD_BYTES)}`);
      return;
    case 'hang-up':
      socket.end();
      return;
    case 'cut':
      socket.write(head);
      socket.end(patternBytes(HTTP_CUT_BYTES / 2, 1));
      return;
    case 'excess':
      socket.write(head);
      socket.write(patternBytes(2 * HTTP_CUT_BYTES, 1));
      return;
    default:
      how satisfies never;
  }
}

/** `x-reference` as servers like to write it: `X-Reference`. */
function capitalised(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (letters) => letters.toUpperCase());
}
