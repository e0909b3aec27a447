import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { InputError } from '@buergerkoffer/formats';
import { readIppMessage, writeIppMessage } from '../ipp/index.js';
import type { LineFault } from '../simulator/ipp/line-fault.js';
import { operationOf } from '../simulator/ipp/operations.js';
import { GARBAGE } from '../simulator/ipp/ipp-service.js';
import type { SimulatedIppPrinter } from '../simulator/ipp/simulated-ipp-printer.js';

/** Where a simulated printer listens. */
export interface ServeOptions {
  /** Default 0: the system chooses. */
  readonly port?: number;
  /** Default 127.0.0.1, which nobody else can reach. */
  readonly host?: string;
  /** PEM; with it the printer speaks TLS only. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Who may print; anybody else is asked who they are (Basic, RFC 7617). Default everybody. */
  readonly login?: { readonly user: string; readonly password: string };
}

/** A simulated printer on a socket. */
export interface ServedPrinter {
  readonly port: number;
  /** `ipp://127.0.0.1:49152/ipp/print` */
  readonly uri: string;
  /** Cuts every connection and listens no more. */
  unplug(): Promise<void>;
}

/** The largest request that is read, in bytes. */
const MOST_BYTES = 160 * 1024 * 1024;

/** Puts `printer` on a real socket, where it answers until it is unplugged. Rejects where the port is taken. */
export async function serveIppPrinter(
  printer: SimulatedIppPrinter,
  { port = 0, host = '127.0.0.1', tls, login }: ServeOptions = {},
): Promise<ServedPrinter> {
  const sockets = new Set<Socket>();
  let uri = '';
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    request.on('error', () => undefined);
    if (login !== undefined && request.headers.authorization !== basic(login)) {
      request.resume();
      response.writeHead(401, { 'www-authenticate': 'Basic realm="Drucker", charset="UTF-8"' }).end();
    } else serve(printer, uri, request, response);
  };
  const server: Server = tls === undefined ? createServer(listen) : createTlsServer(tls, listen);
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('clientError', (_, socket) => {
    socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  uri = `${tls === undefined ? 'ipp' : 'ipps'}://${host}:${taken}${printer.path}`;
  return {
    port: taken,
    uri,
    unplug: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function basic({ user, password }: { readonly user: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function serve(
  printer: SimulatedIppPrinter,
  uri: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (request.method !== 'POST' || request.url?.split('?')[0] !== printer.path) {
    response.writeHead(404).end();
    return;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  let fault: LineFault | undefined | 'not-known-yet' = 'not-known-yet';
  const announced = Number(request.headers['content-length'] ?? Infinity);
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST_BYTES) {
      request.destroy();
      return;
    }
    chunks.push(chunk);
    if (fault === 'not-known-yet') fault = faultOf(printer, chunk);
    if (fault?.type !== 'cut') return;
    if (fault.at === 'request') {
      request.removeAllListeners('data').removeAllListeners('end');
      request.socket.destroy();
    } else if (fault.at === 'document' && length >= announced / 2) {
      request.removeAllListeners('data').removeAllListeners('end');
      request.socket.destroy();
      // It takes what it has for the whole.
      const half = Buffer.concat(chunks).subarray(0, Math.ceil(announced / 2));
      answerOf(printer, uri, half);
    }
  });
  request.on('end', () => {
    const known = fault === 'not-known-yet' ? undefined : fault;
    if (known?.type === 'silence') return;
    if (known?.type === 'garbage') {
      response.writeHead(200, { 'content-type': 'application/ipp' }).end(GARBAGE);
      return;
    }
    const answer = answerOf(printer, uri, Buffer.concat(chunks));
    if (answer === undefined) response.writeHead(400).end();
    else if (known?.type !== 'cut') {
      response
        .writeHead(200, { 'content-type': 'application/ipp', 'content-length': answer.length })
        .end(answer);
    } else if (known.at === 'half-answer') {
      response.writeHead(200, { 'content-type': 'application/ipp', 'content-length': answer.length });
      response.write(answer.subarray(0, answer.length / 2), () => request.socket.destroy());
    } else request.socket.destroy();
  });
}

/** What goes wrong with the request that begins with `chunk`. */
function faultOf(printer: SimulatedIppPrinter, chunk: Buffer): LineFault | undefined {
  if (chunk.length < 4) return undefined;
  const code = chunk.readUInt16BE(2);
  const head = { version: { major: 2, minor: 0 }, code, requestId: 1, groups: [], data: new Uint8Array() };
  return printer.line.take(operationOf(head));
}

function answerOf(printer: SimulatedIppPrinter, uri: string, body: Buffer): Uint8Array | undefined {
  try {
    return writeIppMessage(printer.answer(readIppMessage(new Uint8Array(body)), [uri]));
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
