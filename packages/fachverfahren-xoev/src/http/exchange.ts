import type * as z from 'zod';
import { ServiceError } from '../service-error.js';
import type { Answer } from './answer.js';
import { certificateError } from './certificate-error.js';
import { statusError } from './problem.js';

/** One request as the client makes it. */
export interface Exchange {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: URL;
  /** In the user's terms, for messages; never holds data of a case. */
  readonly what: string;
  readonly deadlineMs: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
}

/** The part of Web fetch that is used. */
export type Fetch = (input: URL, init: RequestInit) => Promise<Response>;

/** Largest answer that is read, 16 MiB. */
export const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/**
 * Makes one request with a deadline over request and body. Rejects with `signal.reason` when the caller aborts, with
 * `ServiceError` `timeout`, `unreachable`, or what the status says for anything but 2xx and `allowed`.
 */
export async function exchange(
  fetch: Fetch,
  request: Exchange,
  signal: AbortSignal | undefined,
  allowed: readonly number[] = [],
): Promise<Answer> {
  signal?.throwIfAborted();
  const deadline = new AbortController();
  const timer = setTimeout(() => {
    deadline.abort();
  }, request.deadlineMs);
  try {
    const response = await fetch(request.url, {
      method: request.method,
      // A redirect could lead a case to another receiver: it is never followed.
      redirect: 'manual',
      signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
      ...(request.headers === undefined ? {} : { headers: { ...request.headers } }),
      ...(request.body === undefined ? {} : { body: request.body }),
    });
    const answer = await readAnswer(response, request.what);
    if (response.ok || allowed.includes(response.status)) return answer;
    throw statusError(response, answer, request.what);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    if (error instanceof ServiceError) throw error;
    if (deadline.signal.aborted) {
      throw new ServiceError('timeout', `${request.what}: no answer within ${request.deadlineMs} ms`, {
        cause: error,
      });
    }
    throw (
      certificateError(error, request.what) ??
      new ServiceError('unreachable', `${request.what}: the connection failed`, { cause: error })
    );
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer(response: Response, what: string): Promise<Answer> {
  const mediaType = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  if (response.body !== null) {
    for await (const chunk of chunksOf(response.body)) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) {
        throw new ServiceError('protocol', `${what}: the answer is larger than ${MAX_ANSWER_BYTES} bytes`, {
          status: response.status,
        });
      }
      parts.push(decoder.decode(chunk, { stream: true }));
    }
  }
  parts.push(decoder.decode());
  return { status: response.status, mediaType, text: parts.join('') };
}

/** The chunks of a stream; leaving early cancels it. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Cancelling a finished stream does nothing; a failing one has told its error already.
    await reader.cancel().catch(() => undefined);
  }
}

/** The JSON of an answer in the schema's type; `ServiceError` `protocol` for HTML, other media types and other shapes. */
export function jsonOf<Schema extends z.ZodType>(
  schema: Schema,
  answer: Answer,
  what: string,
): z.output<Schema> {
  const protocol = (fault: string): ServiceError =>
    new ServiceError('protocol', `${what}: ${fault}`, { status: answer.status });
  if (answer.mediaType !== 'application/json') throw protocol('the answer is not JSON');
  let value: unknown;
  try {
    value = JSON.parse(answer.text);
  } catch {
    throw protocol('the answer is not JSON');
  }
  const result = schema.safeParse(value);
  if (!result.success) throw protocol('the answer has another shape than the interface says');
  return result.data;
}
