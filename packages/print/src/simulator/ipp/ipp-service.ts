import { DeviceError, type HttpRequest, type HttpResponse } from '@buergerkoffer/core';
import { readIppMessage, STATUS, writeIppMessage, type IppMessage } from '../../ipp/index.js';
import type { LineFault } from './line-fault.js';
import { operationOf } from './operations.js';
import type { SimulatedIppPrinter } from './simulated-ipp-printer.js';

/** What no printer answers. */
export const GARBAGE = new TextEncoder().encode('<html>printer?</html>');

/** A simulated printer as a service of HTTP in this process: for a virtual bus, and for pipes that carry HTTP. */
export function ippService(
  printer: SimulatedIppPrinter,
): (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse> {
  return async ({ method, path, body = new Uint8Array() }, signal) => {
    if (method !== 'POST' || path.split('?')[0] !== printer.path) return answered(404, new Uint8Array());
    const { request, fault } = heard(printer, body);
    if (fault?.type === 'silence') return silence(signal);
    if (fault?.type === 'garbage') return answered(200, GARBAGE);
    if (fault?.type === 'cut' && fault.at === 'request') throw cut();
    if (fault?.type === 'cut' && fault.at === 'document') {
      printer.answer(cutDocument(request), URIS);
      throw cut();
    }
    const answer = writeIppMessage(printer.answer(request, URIS));
    if (fault?.type === 'cut') throw cut();
    return answered(200, answer);
  };
}

/** How a printer that is not on a network is called in its own answers. */
const URIS = ['ipp://localhost/ipp/print'];

/** A request as it was understood, and what goes wrong with it. */
export interface Heard {
  readonly request: IppMessage;
  readonly fault: LineFault | undefined;
}

/** Reads a request; what cannot be read becomes one that every printer refuses. */
export function heard(printer: SimulatedIppPrinter, body: Uint8Array): Heard {
  let request: IppMessage;
  try {
    request = readIppMessage(body);
  } catch {
    return { request: UNREADABLE, fault: undefined };
  }
  return { request, fault: printer.line.take(operationOf(request)) };
}

/** The half of a document that came before the line was cut: a printer takes it for the whole. */
export function cutDocument(request: IppMessage): IppMessage {
  return { ...request, data: request.data.slice(0, Math.ceil(request.data.length / 2)) };
}

const UNREADABLE: IppMessage = {
  version: { major: 2, minor: 0 },
  code: STATUS['successful-ok'],
  requestId: 1,
  groups: [],
  data: new Uint8Array(),
};

function cut(): DeviceError {
  return new DeviceError('lost', 'the simulated line was cut');
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(cut());
    });
  });
}

function answered(status: number, bytes: Uint8Array): HttpResponse {
  async function* body(): AsyncGenerator<Uint8Array, void, undefined> {
    await Promise.resolve();
    yield bytes;
  }
  return { status, headers: { 'content-type': 'application/ipp' }, body: body() };
}
