import {
  DeviceError,
  DeviceLife,
  withDeadline,
  type HttpPort,
  type HttpRequest,
  type HttpResponse,
  type HttpTransport,
} from '@buergerkoffer/core';
import { CALL_MS } from './pending-call.js';
import type { VirtualHardware } from './lab-bus.js';
import { lossOf, onAbort } from './signals.js';

/** A service: one request in, one answer out; `signal` is aborted when nobody waits for the answer any more. */
export type HttpService = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse>;

/** An HTTP service in this process. Each transport is one client of it. */
export function virtualHttp(port: HttpPort, service: HttpService): VirtualHardware<'http'> {
  return { port, connect: (_, unplugged) => Promise.resolve(connectHttp(service, unplugged)) };
}

function connectHttp(service: HttpService, unplugged: AbortSignal): HttpTransport {
  const life = new DeviceLife();
  const over = new AbortController();
  onAbort(
    unplugged,
    () => {
      life.lose(lossOf(unplugged));
      over.abort(lossOf(unplugged));
    },
    life.ended,
  );
  return {
    ended: life.ended,
    close: () => {
      over.abort(new DeviceError('closed', 'the connection was closed'));
      return life.close();
    },
    request: async (request, options = {}) => {
      if (life.over !== undefined) throw life.over;
      const either =
        options.signal === undefined ? over.signal : AbortSignal.any([over.signal, options.signal]);
      return withDeadline(
        `${request.method} request`,
        options.timeoutMs ?? CALL_MS,
        (signal) => service(request, signal),
        either,
      );
    },
  };
}
