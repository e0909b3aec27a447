import * as z from 'zod';
import { ServiceError } from '../service-error.js';
import type { Answer } from './answer.js';

/** Body of an answer that is no success: media type `application/json`, no personal data. */
export const Problem = z.strictObject({
  /** An identifier in kebab-case. */
  code: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  message: z.string().max(500),
});
/** Body of an answer that is no success. */
export type Problem = z.output<typeof Problem>;

/** The error that a status other than success means. The receiver's free text stays out: it is not ours to vouch for. */
export function statusError(response: Response, answer: Answer, what: string): ServiceError {
  const { status } = response;
  const problem = problemCode(answer);
  const named = problem === undefined ? `status ${status}` : `status ${status}, ${problem}`;
  if (status === 401 || status === 403) {
    return new ServiceError('unauthorized', `${what}: not allowed (${named})`, { status });
  }
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(response.headers.get('retry-after'));
    return new ServiceError('refused', `${what}: not taken at the moment (${named})`, {
      status,
      retryAfterMs,
    });
  }
  // A refusal of content comes with a problem in JSON; a bare one is from something in between.
  if (status >= 400 && problem !== undefined) {
    return new ServiceError('rejected', `${what}: refused (${named})`, { status });
  }
  return new ServiceError('protocol', `${what}: an answer that the interface does not know (${named})`, {
    status,
  });
}

function problemCode(answer: Answer): string | undefined {
  if (answer.mediaType !== 'application/json') return undefined;
  try {
    return Problem.parse(JSON.parse(answer.text)).code;
  } catch {
    return undefined;
  }
}

/** Longest pause that a receiver can ask for, one day. */
const MAX_RETRY_AFTER_MS = 86_400_000;

/** `Retry-After` (RFC 9110, 10.2.3) in milliseconds from now; `undefined` when absent or not readable. */
export function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const text = header.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}
