import { DeviceError, type HttpResponse } from '@buergerkoffer/core';

/** What a status of HTTP other than 200 says; errors of IPP come with 200. */
export function httpFailure(status: number): DeviceError {
  const what = `the printer answers with HTTP status ${status}`;
  switch (status) {
    case 301:
    case 302:
    case 307:
    case 308:
      return new DeviceError('protocol', what, {
        remedy:
          'the printer is reached under another address: give that one, often ipps:// with the same path',
      });
    case 401:
      return new DeviceError('access-denied', what, {
        remedy:
          'the printer asks for a user and a password: give them as `login` of `httpBus`, or with `--login` to `koffer`',
      });
    case 403:
      return new DeviceError('access-denied', what, {
        remedy: 'allow this computer to print in the settings of the printer or the print server',
      });
    case 404:
      return new DeviceError('not-found', what, {
        remedy: 'check the path of the printer in its address, such as /ipp/print',
      });
    case 426:
      return new DeviceError('access-denied', what, {
        remedy: 'the printer wants an encrypted connection: give its address with ipps://',
      });
    case 503:
      return new DeviceError('busy', what);
    default:
      return new DeviceError('protocol', what, { remedy: 'check address and path of the printer' });
  }
}

/** The whole body of `response`; more than `maxBytes` of it is `protocol`. */
export async function readBody(response: HttpResponse, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new DeviceError('protocol', `the printer answers with more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
