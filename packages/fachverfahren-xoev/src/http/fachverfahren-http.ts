import { InputError } from '@buergerkoffer/formats';
import * as z from 'zod';
import { ServiceError } from '../service-error.js';
import { requireReceipt } from '../submission/receipt.js';
import type { ReceiptVerifier } from '../submission/receipt.js';
import type { RegisterLookup } from '../submission/register-lookup.js';
import { RegisterAnswer, RegisterQuery } from '../submission/register-lookup.js';
import type { SubmissionPort } from '../submission/submission-port.js';
import { SubmissionId, SubmissionState } from '../submission/submission-port.js';
import { sha256Hex } from '../submission/sealed-payload.js';
import { requireShape } from '../xmeld/shape.js';
import type { Exchange, Fetch } from './exchange.js';
import { exchange, jsonOf } from './exchange.js';

/** How long each call may take, in milliseconds, request and answer together. */
export interface Deadlines {
  readonly submitMs: number;
  readonly stateMs: number;
  readonly lookupMs: number;
  readonly certificateMs: number;
  readonly healthMs: number;
}

/** Deadlines where none are given: a submission of some megabytes over a weak mobile link, answers at a bedside. */
export const DEADLINES: Deadlines = {
  submitMs: 120_000,
  stateMs: 15_000,
  lookupMs: 15_000,
  certificateMs: 15_000,
  healthMs: 5_000,
};

/** How to reach the Fachverfahren. */
export interface FachverfahrenHttpOptions {
  /** Address before `/v1`; https, or http to this machine. */
  readonly baseUrl: string | URL;
  /** Web fetch, for example one with a proxy or a client certificate; the platform's when absent. */
  readonly fetch?: Fetch;
  readonly deadlines?: Partial<Deadlines>;
  /** Bearer token, or a function that gets the one that is valid now. */
  readonly token?: string | (() => Promise<string>);
  /**
   * Checks signed receipts. When given, an answer about a submission without a valid receipt for it counts for nothing:
   * a forged or replayed acknowledgement is `ServiceError` `protocol`.
   */
  readonly verifyReceipt?: ReceiptVerifier;
}

/** State of the service as it tells it. */
export const Health = z.object({ status: z.literal('ok') });

/** The Fachverfahren over HTTP (docs/fachverfahren-openapi.yaml). */
export interface FachverfahrenHttp extends SubmissionPort, RegisterLookup {
  /** The certificate that cases are sealed to, PEM; whether to trust it is the configuration's question. */
  certificate(signal?: AbortSignal): Promise<string>;
  /** Resolves when the service answers that it works. */
  health(signal?: AbortSignal): Promise<void>;
}

/**
 * A client of the Fachverfahren; constructing it connects nothing. Personal data travels in bodies, never in addresses.
 * `InputError` `not-allowed` for an address that is not https (except to this machine) or holds credentials or a query.
 */
export function fachverfahrenHttp(options: FachverfahrenHttpOptions): FachverfahrenHttp {
  const base = requireBase(options.baseUrl);
  const deadlines = { ...DEADLINES, ...options.deadlines };
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));

  const call = async (
    request: Omit<Exchange, 'url'> & { readonly path: string },
    signal: AbortSignal | undefined,
    allowed?: readonly number[],
  ) => {
    const { path, headers, ...rest } = request;
    const token = typeof options.token === 'function' ? await options.token() : options.token;
    return exchange(
      fetch,
      {
        ...rest,
        url: new URL(path, base),
        headers: {
          accept: 'application/json',
          ...headers,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
      },
      signal,
      allowed,
    );
  };

  const proven = async (
    state: SubmissionState,
    bodySha256: string | undefined,
    what: string,
  ): Promise<SubmissionState> => {
    if (options.verifyReceipt === undefined) return state;
    const subject = { submissionId: state.submissionId, state: state.state, bodySha256 };
    await requireReceipt(state.receipt, subject, options.verifyReceipt, what);
    return state;
  };

  return {
    async submit(submission, signal) {
      const what = 'handing over the case';
      const submissionId = requireId(submission.submissionId);
      const answer = await call(
        {
          method: 'PUT',
          path: `v1/submissions/${submissionId}`,
          what,
          deadlineMs: deadlines.submitMs,
          headers: { 'content-type': submission.contentType },
          body: new Uint8Array(submission.body),
        },
        signal,
      );
      if (answer.status !== 200 && answer.status !== 201) {
        throw new ServiceError('protocol', `${what}: status ${answer.status}`, { status: answer.status });
      }
      const state = ownState(jsonOf(SubmissionState, answer, what), submissionId, what);
      const hash = options.verifyReceipt === undefined ? undefined : await sha256Hex(submission.body);
      return { known: answer.status === 200, state: await proven(state, hash, what) };
    },

    async state(submissionId, signal) {
      const what = 'asking for the state of a submission';
      const id = requireId(submissionId);
      const answer = await call(
        { method: 'GET', path: `v1/submissions/${id}`, what, deadlineMs: deadlines.stateMs },
        signal,
        [404],
      );
      if (answer.status === 404) {
        jsonOf(UNKNOWN, answer, what);
        return undefined;
      }
      return proven(ownState(jsonOf(SubmissionState, answer, what), id, what), undefined, what);
    },

    async find(query, signal) {
      const what = 'asking the register';
      const body = JSON.stringify(requireShape(RegisterQuery, query, 'the register query'));
      const answer = await call(
        {
          method: 'POST',
          path: 'v1/register/lookups',
          what,
          deadlineMs: deadlines.lookupMs,
          headers: { 'content-type': 'application/json' },
          body,
        },
        signal,
      );
      return jsonOf(RegisterAnswer, answer, what);
    },

    async certificate(signal) {
      const what = 'fetching the certificate of the authority';
      const answer = await call(
        {
          method: 'GET',
          path: 'v1/certificate',
          what,
          deadlineMs: deadlines.certificateMs,
          headers: { accept: PEM },
        },
        signal,
      );
      if (answer.mediaType !== PEM || !answer.text.startsWith('-----BEGIN CERTIFICATE-----')) {
        throw new ServiceError('protocol', `${what}: the answer is not a PEM certificate`, {
          status: answer.status,
        });
      }
      return answer.text;
    },

    async health(signal) {
      const what = 'asking whether the Fachverfahren works';
      const request = { method: 'GET', path: 'v1/health', what, deadlineMs: deadlines.healthMs } as const;
      jsonOf(Health, await call(request, signal), what);
    },
  };
}

const PEM = 'application/x-pem-file';

/** The body of 404, so that a proxy's own 404 does not pass for "never received". */
const UNKNOWN = z.object({ code: z.literal('unknown-submission') });

function requireId(submissionId: string): string {
  return requireShape(z.object({ submissionId: SubmissionId }), { submissionId }, 'the submission')
    .submissionId;
}

/** The state with each answer once: a receiver may deliver the same answer again. */
function ownState(state: SubmissionState, submissionId: string, what: string): SubmissionState {
  if (state.submissionId !== submissionId) {
    throw new ServiceError('protocol', `${what}: the answer is about another submission`);
  }
  if (state.state === 'received') return state;
  const answers = new Map(state.answers.map((answer) => [answer.answerId, answer]));
  return { ...state, answers: [...answers.values()] };
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function requireBase(baseUrl: string | URL): URL {
  const path = 'baseUrl';
  if (!URL.canParse(baseUrl)) {
    throw new InputError('malformed', 'the address of the Fachverfahren is not a URL', { path });
  }
  const base = new URL(baseUrl);
  if (base.protocol !== 'https:' && !(base.protocol === 'http:' && LOOPBACK.test(base.hostname))) {
    throw new InputError(
      'not-allowed',
      'the address of the Fachverfahren must be https, or http to this machine',
      {
        path,
      },
    );
  }
  if (base.username !== '' || base.password !== '' || base.search !== '' || base.hash !== '') {
    throw new InputError('not-allowed', 'the address holds credentials, a query or a fragment', { path });
  }
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return base;
}
