import { DeviceError, type DeviceErrorCode } from '../../device-error.js';

interface Meaning {
  readonly code: DeviceErrorCode;
  readonly says: string;
  readonly remedy?: string;
}

const NETWORK =
  'check that the thing is switched on and in the same network, and its address in the configuration';

/** What the error codes of the operating system and of Node mean for a connection. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { code: 'not-found', says: 'nothing answers there', remedy: NETWORK },
  EHOSTUNREACH: { code: 'not-found', says: 'there is no way to it', remedy: NETWORK },
  ENETUNREACH: { code: 'not-found', says: 'there is no network to it', remedy: NETWORK },
  EADDRNOTAVAIL: { code: 'not-found', says: 'there is no way to it', remedy: NETWORK },
  ENOTFOUND: { code: 'not-found', says: 'its name is not known', remedy: NETWORK },
  EAI_AGAIN: { code: 'not-found', says: 'the name service does not answer', remedy: NETWORK },
  ETIMEDOUT: { code: 'timeout', says: 'it does not answer', remedy: NETWORK },
  EACCES: {
    code: 'access-denied',
    says: 'the system does not allow the connection',
    remedy: 'look at the firewall',
  },
  EPERM: {
    code: 'access-denied',
    says: 'the system does not allow the connection',
    remedy: 'look at the firewall',
  },
  ECONNRESET: { code: 'lost', says: 'it ended the connection' },
  ECONNABORTED: { code: 'lost', says: 'the connection was ended' },
  EPIPE: { code: 'lost', says: 'it ended the connection' },
  ERR_STREAM_PREMATURE_CLOSE: { code: 'lost', says: 'it ended the connection too early' },
  HPE_HEADER_OVERFLOW: { code: 'protocol', says: 'the head of its answer is too long' },
};

/** `error` of a socket or of HTTP as a `DeviceError` about `path`. Its own text stays behind: it may hold an address or a line of the answer. */
export function netError(error: unknown, path: string): DeviceError {
  if (error instanceof DeviceError) return error;
  const code = codeOf(error);
  const meaning = code === undefined ? undefined : MEANINGS[code];
  if (meaning !== undefined) {
    const { says, remedy } = meaning;
    return new DeviceError(meaning.code, `${path}: ${says} (${code ?? ''})`, {
      cause: error,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
  if (code?.startsWith('HPE_') === true) {
    return new DeviceError('protocol', `${path}: its answer is not HTTP (${code})`, { cause: error });
  }
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code ?? '')) {
    return new DeviceError('protocol', `${path}: no TLS connection comes about (${code ?? ''})`, {
      cause: error,
      remedy: 'check that the port speaks TLS, and that the device knows TLS 1.2 or newer',
    });
  }
  return new DeviceError('protocol', `${path}: the connection failed (${code ?? 'no code'})`, {
    cause: error,
  });
}

/** The code of `error`; several addresses that were tried in vain give the code of the first. */
function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
