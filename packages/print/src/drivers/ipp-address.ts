import { DeviceError, type HttpPort } from '@buergerkoffer/core';
import type { IppAddress } from '../client/ipp-client.js';

/** The port of IPP (RFC 8010, 4). */
const STANDARD_PORT = 631;

/**
 * The port of a printer at an address, for a configuration: `httpBus({ ports: [ippPort('ipps://printer.local/ipp/print')] })`. Takes
 * `ipp` and `ipps`, without a port 631, and `http` and `https`. Throws `invalid-request` for anything else.
 */
export function ippPort(uri: string): HttpPort {
  const found = /^(ipps?|https?):\/\//i.exec(uri);
  const scheme = found?.[1]?.toLowerCase();
  const encrypted = scheme === 'ipps' || scheme === 'https';
  // URL knows the default port and the host of http, not of ipp.
  const http = uri.replace(/^[a-z]+:/i, encrypted ? 'https:' : 'http:');
  if (scheme === undefined || !URL.canParse(http)) throw noAddress();
  const url = new URL(http);
  if (url.username !== '' || url.password !== '' || url.hash !== '') throw noAddress();
  const isIpp = scheme.startsWith('ipp');
  const said = /^[a-z]+:\/\/(?:\[[^\]]*\]|[^/:]*):(\d+)/i.exec(uri)?.[1];
  const port = said ?? (isIpp ? String(STANDARD_PORT) : encrypted ? '443' : '80');
  const path = url.pathname === '/' ? '/ipp/print' : url.pathname;
  const address = `${url.protocol}//${url.hostname}:${port}${path}${url.search}`;
  return {
    bus: 'http',
    id: `http:${address}`,
    path: address,
    physical: `net:${url.hostname.replace(/^\[|\]$/g, '')}`,
    url: address,
    service: encrypted ? '_ipps._tcp' : '_ipp._tcp',
  };
}

/** How the printer at `port` is called in its own requests. */
export function addressOf(port: HttpPort): IppAddress {
  const url = new URL(port.url);
  const encrypted = url.protocol === 'https:';
  const number = url.port === '' ? (encrypted ? '443' : '80') : url.port;
  const path = `${url.pathname}${url.search}`;
  return { printerUri: `${encrypted ? 'ipps' : 'ipp'}://${url.hostname}:${number}${path}`, path };
}

function noAddress(): DeviceError {
  return new DeviceError('invalid-request', 'this is no address of a printer', {
    path: 'uri',
    remedy: 'give ipp://HOST/ipp/print or ipps://HOST/ipp/print; `koffer printer list` finds printers',
  });
}
