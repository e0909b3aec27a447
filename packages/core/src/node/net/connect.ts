import { createHash } from 'node:crypto';
import { isIP, Socket, type LookupFunction } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { withDeadline } from '../../deadline.js';
import { DeviceError } from '../../device-error.js';
import type { TlsOptions } from '../../transport.js';
import { netError } from './net-errors.js';

/** How long a connection may take to come about, TLS included, in milliseconds. */
const CONNECT_MS = 5_000;

/** Where to connect to. */
export interface Address {
  readonly host: string;
  readonly port: number;
  /** For error messages. */
  readonly path: string;
  /** Names that the system cannot resolve: those that DNS-SD announced. */
  readonly lookup?: LookupFunction | undefined;
}

/**
 * A connection to `address`, with TLS where `tls` is given. Rejects `not-found` (nobody answers), `timeout`,
 * `access-denied` (a certificate that is not to be trusted: the message names its fingerprint), or `signal.reason`.
 * Nothing is sent before the certificate is accepted.
 */
export function connect(
  address: Address,
  tls: TlsOptions | undefined,
  signal?: AbortSignal,
): Promise<Socket> {
  return withDeadline(
    `connecting to ${address.path}`,
    CONNECT_MS,
    async (inner) => {
      const socket = await plain(address, inner);
      return tls === undefined ? socket : secured(socket, address, tls, inner);
    },
    signal,
  );
}

function plain({ host, port, path, lookup }: Address, signal: AbortSignal): Promise<Socket> {
  return established(new Socket(), 'connect', path, signal, (socket) => {
    socket.connect({ host, port, noDelay: true, ...(lookup === undefined ? {} : { lookup }) });
  });
}

async function secured(
  socket: Socket,
  { host, path }: Address,
  tls: TlsOptions,
  signal: AbortSignal,
): Promise<Socket> {
  const secure = connectTls({
    socket,
    minVersion: 'TLSv1.2',
    // Judged below, where the certificate can be named.
    rejectUnauthorized: false,
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
  });
  await established(secure, 'secureConnect', path, signal, () => undefined);
  const refusal = refusalOf(secure, path, tls);
  if (refusal === undefined) return secure;
  secure.destroy();
  throw refusal;
}

function refusalOf(socket: TLSSocket, path: string, { pin }: TlsOptions): DeviceError | undefined {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return new DeviceError('access-denied', `${path}: it has no certificate`);
  const seen = createHash('sha256').update(certificate.raw).digest('hex');
  if (pin !== undefined) {
    if (seen === pin.replaceAll(':', '').toLowerCase()) return undefined;
    return new DeviceError('access-denied', `${path}: its certificate is not the pinned one; it is ${seen}`, {
      remedy:
        'if the device got a new certificate, compare this fingerprint with the one it shows, then pin it',
    });
  }
  if (socket.authorized) return undefined;
  // The types say Error; it is the code of the fault.
  const fault = String(socket.authorizationError);
  return new DeviceError(
    'access-denied',
    `${path}: ${CERTIFICATE_FAULTS[fault] ?? `its certificate is not trusted (${fault})`}`,
    {
      remedy: `give its certificate authority (ca), or pin this certificate after comparing it with the device: ${seen}`,
    },
  );
}

const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; look at the clock',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it signed its certificate itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an unknown authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an unknown authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an unknown authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** `socket` once `event` came; destroyed when it failed or nobody waits any more. */
function established<S extends Socket>(
  socket: S,
  event: 'connect' | 'secureConnect',
  path: string,
  signal: AbortSignal,
  start: (socket: S) => void,
): Promise<S> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.off(event, onEvent).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
    };
    const fail = (reason: unknown): void => {
      stop();
      // What it still has to say concerns nobody.
      socket.on('error', () => undefined).destroy();
      reject(reason);
    };
    const onEvent = (): void => {
      stop();
      resolve(socket);
    };
    const onError = (error: unknown): void => {
      fail(netError(error, path));
    };
    const onClose = (): void => {
      fail(new DeviceError('lost', `${path}: it ended the connection`));
    };
    const onAbort = (): void => {
      fail(signal.reason);
    };
    socket.once(event, onEvent).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort, { once: true });
    start(socket);
    if (signal.aborted) onAbort();
  });
}
