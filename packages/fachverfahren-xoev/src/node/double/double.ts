import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '@buergerkoffer/formats';
import type { RegisterPerson, SubmissionState } from '../../index.js';
import { RegisterQuery, SEALED_CONTENT_TYPE, ServiceError, SubmissionId } from '../../index.js';
import { Desk } from './desk.js';
import { hasCode } from '../durable.js';
import { DoubleFault, FaultSwitch } from './fault.js';
import type { Reply } from './http.js';
import { cutShort, HttpProblem, json, problem, readBody, readJsonBody, send } from './http.js';
import type { ApplicationCheck } from './judge.js';
import type { ReceiptSigner } from './receipt-signer.js';
import { forgedReceipt, receiptOf } from './receipt-signer.js';
import { lookUp } from './register.js';
import { route } from './routes.js';
import { SubmissionStore } from './store.js';
import { usable } from './usable-folder.js';

/** How a double is set up. */
export interface DoubleOptions {
  /** Where it keeps what it receives; made when needed, used again after a restart. */
  readonly folder: string;
  /** Plaintext of a sealed body; rejects when it is not sealed to this authority. */
  readonly decrypt: (body: Uint8Array) => Promise<Uint8Array>;
  /** Certificate that it hands out, PEM. */
  readonly certificatePem: string;
  /** Address to listen on, this machine alone by default. */
  readonly host?: string;
  /** Port, 0 (the default) for any that is free. */
  readonly port?: number;
  /** Invented persons. */
  readonly register?: readonly RegisterPerson[];
  /** Bearer token that it asks for; without one everybody may call. */
  readonly token?: string;
  /** Throws an `InputError` when the application is not one; by default any JSON object is. */
  readonly checkApplication?: ApplicationCheck;
  readonly fault?: DoubleFault;
  /** Signs a receipt for every answer about a submission; without it answers have none. */
  readonly receipts?: ReceiptSigner;
  readonly now?: () => Date;
}

/** A running double. */
export interface FachverfahrenDouble {
  /** Address before `/v1`, for `fachverfahrenHttp`. */
  readonly url: string;
  readonly folder: string;
  setFault(fault: DoubleFault | undefined): void;
  /** Identities acted on, in order. */
  acts(): Promise<readonly string[]>;
  /** Cuts all connections, finishes what is being decided, and frees the port; may be called twice. */
  close(): Promise<void>;
}

/** Largest body of a submission, 72 MiB: a JWE of the largest payload. */
const MAX_SUBMISSION_BYTES = 72 * 1024 * 1024;
const MAX_JSON_BYTES = 64 * 1024;
const HTML =
  '<!doctype html><html><head><title>Anmeldung</title></head><body>Bitte melden Sie sich an.</body></html>';

/**
 * Starts a test double of a Fachverfahren on a real socket; resolves when it listens.
 * Rejects with `ServiceError` `refused` when the port is in use or the folder cannot be used.
 */
export async function startDouble(options: DoubleOptions): Promise<FachverfahrenDouble> {
  const faults = new FaultSwitch(options.fault);
  const store = await usable(options.folder, () => SubmissionStore.open(options.folder));
  const desk = await Desk.open(store, faults, {
    now: options.now ?? (() => new Date()),
    decrypt: options.decrypt,
    checkApplication: options.checkApplication ?? (() => undefined),
  });
  const closing = new AbortController();
  const counter = new Counter(options, desk, faults, closing.signal);
  const server = createServer((request, response) => {
    void counter.serve(request, response);
  });
  await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
  let closed: Promise<void> | undefined;
  return {
    url: urlOf(server),
    folder: options.folder,
    setFault: (fault) => {
      faults.set(fault);
    },
    acts: () => store.acts(),
    close: () => {
      closed ??= (async () => {
        closing.abort();
        const ended = new Promise<void>((resolve) =>
          server.close(() => {
            resolve();
          }),
        );
        server.closeAllConnections();
        await ended;
        await desk.settled();
      })();
      return closed;
    },
  };
}

/** The counter of the office: takes requests, passes them to the desk, answers. */
class Counter {
  readonly #options: DoubleOptions;
  readonly #desk: Desk;
  readonly #faults: FaultSwitch;
  readonly #closing: AbortSignal;
  #lastReceipt: string | undefined;

  constructor(options: DoubleOptions, desk: Desk, faults: FaultSwitch, closing: AbortSignal) {
    this.#options = options;
    this.#desk = desk;
    this.#faults = faults;
    this.#closing = closing;
  }

  /** Answers one request; never rejects. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply = await this.#reply(request);
      if (reply === 'cut') response.destroy();
      else if (this.#faults.occurs('cut-answer')) cutShort(response, reply);
      else send(response, reply);
    } catch (error) {
      if (error instanceof HttpProblem) send(response, error.reply);
      else if (response.headersSent || this.#closing.aborted) response.destroy();
      else send(response, problem(500, 'internal-error', 'the double failed'));
    }
  }

  async #reply(request: IncomingMessage): Promise<Reply | 'cut'> {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const routed = route(request.method ?? 'GET', path);
    if (routed.found === 'nothing') return problem(404, 'unknown-route', 'there is nothing at this address');
    if (routed.found === 'other-method') {
      return problem(405, 'method-not-allowed', 'this address does not know the method', {
        allow: routed.allow,
      });
    }
    if (routed.operation === 'fault') return this.#setFault(request);
    await delay(this.#faults.delayMs(), undefined, { signal: this.#closing });
    if (this.#faults.occurs('refuse')) {
      return problem(503, 'unavailable', 'nothing is taken at the moment', { 'retry-after': '1' });
    }
    if (this.#faults.occurs('garbage')) return { status: 200, mediaType: 'text/html', body: HTML };
    if (this.#faults.occurs('html-error')) return { status: 502, mediaType: 'text/html', body: HTML };
    if (routed.operation !== 'health' && !this.#mayCall(request)) {
      return problem(401, 'unauthorized', 'a bearer token is needed', { 'www-authenticate': 'Bearer' });
    }
    switch (routed.operation) {
      case 'submit':
        return this.#submit(request, requireId(routed.submissionId));
      case 'state':
        return this.#state(requireId(routed.submissionId));
      case 'lookup':
        return this.#lookup(request);
      case 'certificate':
        return { status: 200, mediaType: 'application/x-pem-file', body: this.#options.certificatePem };
      case 'health':
        return json(200, { status: 'ok' });
      default:
        return routed.operation satisfies never;
    }
  }

  async #submit(request: IncomingMessage, submissionId: string): Promise<Reply | 'cut'> {
    const body = await readBody(request, SEALED_CONTENT_TYPE, MAX_SUBMISSION_BYTES);
    if (body.length === 0) return problem(400, 'malformed', 'the body is empty');
    if (this.#faults.occurs('drop-before-accept')) return 'cut';
    const arriving = await this.#desk.receive(submissionId, body);
    switch (arriving.outcome) {
      case 'conflict':
        return problem(409, 'other-body', 'this identity is known with another body');
      case 'known':
        return json(200, await this.#delivered(await this.#desk.state(submissionId)));
      case 'new':
        if (this.#faults.occurs('drop-after-accept')) return 'cut';
        return json(
          201,
          await this.#delivered({ state: 'received', submissionId, receivedAt: arriving.arrival.receivedAt }),
        );
      default:
        return arriving satisfies never;
    }
  }

  async #state(submissionId: string): Promise<Reply> {
    const state = await this.#desk.state(submissionId);
    if (state === undefined) return problem(404, 'unknown-submission', 'this identity was never received');
    return json(200, await this.#delivered(state));
  }

  /** The state as it goes out: with its receipt, and with every answer doubled when that fault is on. */
  async #delivered(state: SubmissionState | undefined): Promise<SubmissionState | undefined> {
    if (state === undefined) return undefined;
    const receipt = await this.#receipt(state);
    const signed = receipt === undefined ? state : { ...state, receipt };
    if (signed.state === 'received' || !this.#faults.occurs('answer-twice')) return signed;
    return { ...signed, answers: signed.answers.flatMap((answer) => [answer, answer]) };
  }

  async #receipt(state: SubmissionState): Promise<string | undefined> {
    const { receipts } = this.#options;
    if (receipts === undefined) return undefined;
    const at = state.state === 'received' ? state.receivedAt : state.decidedAt;
    const body = await this.#desk.body(state.submissionId);
    const receipt = receiptOf(state.submissionId, state.state, at, body);
    if (this.#faults.occurs('forge-receipt')) return forgedReceipt(receipt);
    if (this.#lastReceipt !== undefined && this.#faults.occurs('replay-receipt')) return this.#lastReceipt;
    this.#lastReceipt = await receipts.sign(receipt);
    return this.#lastReceipt;
  }

  async #lookup(request: IncomingMessage): Promise<Reply> {
    const query = RegisterQuery.safeParse(await readJsonBody(request, MAX_JSON_BYTES));
    if (!query.success) return problem(400, 'malformed', 'the query is not of the agreed shape');
    return json(200, lookUp(this.#options.register ?? [], query.data));
  }

  async #setFault(request: IncomingMessage): Promise<Reply> {
    const body = await readJsonBody(request, MAX_JSON_BYTES);
    const fault = body === null ? { success: true as const, data: undefined } : DoubleFault.safeParse(body);
    if (!fault.success) return problem(400, 'malformed', 'not a fault that the double knows');
    this.#faults.set(fault.data);
    return json(200, { fault: fault.data ?? null });
  }

  #mayCall(request: IncomingMessage): boolean {
    const { token } = this.#options;
    if (token === undefined) return true;
    const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
    return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
  }
}

function requireId(submissionId: string): string {
  const id = SubmissionId.safeParse(submissionId);
  if (!id.success) throw new HttpProblem(problem(400, 'malformed', 'a submission is named by a UUID'));
  return id.data;
}

async function listen(server: Server, port: number, host: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      const taken = hasCode(error, 'EADDRINUSE');
      reject(
        new ServiceError(
          'refused',
          taken ? `port ${port} on ${host} is already in use` : `cannot listen on ${host}:${port}`,
          {
            cause: error,
            remedy: taken ? 'stop the other program, or give another port (0 takes any free one)' : undefined,
          },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string')
    throw new InputError('unsupported', 'the double listens on no port');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
