import { DeviceError } from '@buergerkoffer/core';
import { codeText, OPERATION } from '../ptp/codes.js';
import type { PtpSession } from '../session/ptp-session.js';
import type { FetchOptions, NewObject } from './dialect.js';

/** The largest file that is fetched, in bytes: JPEGs of 60-megapixel bodies stay below. */
const MAX_BYTES = 64 * 1024 * 1024;
/** The EOS R fails at 5 MB; live view and questions go between the blocks. In bytes. */
const BLOCK_BYTES = 1024 * 1024;
/** A whole file over a slow network, and one block, in milliseconds. */
const WHOLE_MS = 180_000;
const BLOCK_MS = 30_000;

/** The object in one answer. */
export async function wholeObject(
  session: PtpSession,
  { handle, sizeBytes }: NewObject,
  { signal, progress }: FetchOptions,
): Promise<Uint8Array> {
  refuseTooLarge(sizeBytes);
  const options = { signal, progress, maxBytes: MAX_BYTES, timeoutMs: WHOLE_MS };
  const { data } = await session.run(OPERATION.getObject, [handle], options);
  return data;
}

/** The object in blocks of 1 MiB. */
export async function objectInBlocks(
  session: PtpSession,
  { handle, sizeBytes }: NewObject,
  { signal, progress }: FetchOptions,
): Promise<Uint8Array> {
  refuseTooLarge(sizeBytes);
  const whole = new Uint8Array(sizeBytes);
  let at = 0;
  while (at < sizeBytes) {
    const wanted = Math.min(BLOCK_BYTES, sizeBytes - at);
    const options = { signal, maxBytes: wanted, timeoutMs: BLOCK_MS };
    const { data } = await session.run(OPERATION.getPartialObject, [handle, at, wanted], options);
    if (data.length === 0) {
      throw new DeviceError(
        'protocol',
        `operation ${codeText(OPERATION.getPartialObject)}: ${sizeBytes} bytes were announced, ${at} came`,
        { offset: at },
      );
    }
    whole.set(data, at);
    at += data.length;
    progress(at, sizeBytes);
  }
  return whole;
}

function refuseTooLarge(sizeBytes: number): void {
  if (sizeBytes <= MAX_BYTES) return;
  throw new DeviceError('unsupported', `the photo has ${sizeBytes} bytes, ${MAX_BYTES} are fetched`, {
    remedy: 'set the camera to JPEG',
  });
}
