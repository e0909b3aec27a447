import { DeviceError, withDeadline, type CallOptions, type HttpTransport } from '@buergerkoffer/core';
import {
  isSuccess,
  OPERATION,
  readIppMessage,
  STATUS,
  stringAttribute,
  writeIppMessage,
  type IppAttribute,
  type IppMessage,
  type OperationName,
} from '../ipp/index.js';
import { httpFailure, readBody } from './http-answer.js';
import { statusError } from './status-error.js';

/** The largest answer in bytes: 500 jobs of a print server have a tenth. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
/** Deadline of a request that names none, in milliseconds. */
const ANSWER_MS = 5_000;
/** Who prints, for every suitcase: print servers show a job's name only to whoever sent it. */
export const REQUESTING_USER = 'buergerkoffer';

/** Operations that change nothing: they are asked again when the line broke. */
const READING: readonly OperationName[] = [
  'Get-Printer-Attributes',
  'Get-Job-Attributes',
  'Get-Jobs',
  'Validate-Job',
];

/** What a printer is asked. */
export interface IppRequest {
  readonly operation: OperationName;
  /** Of the operation group; the client puts charset, language, address and user in front. */
  readonly operationAttributes?: readonly IppAttribute[];
  readonly jobId?: number;
  /** Of the job group: what the paper shall look like. */
  readonly jobAttributes?: readonly IppAttribute[];
  readonly document?: Uint8Array;
}

/** Where the printer is. */
export interface IppAddress {
  /** `ipp://host:631/ipp/print`, as the printer is told. */
  readonly printerUri: string;
  /** Path of the requests of HTTP, `/ipp/print`. */
  readonly path: string;
}

/** Speaks IPP/2.0 with one printer over HTTP (RFC 8010, 4), IPP/1.1 where it knows no other. */
export class IppClient {
  readonly address: IppAddress;
  readonly #http: HttpTransport;
  #version = { major: 2, minor: 0 };
  #requestId = 0;

  constructor(http: HttpTransport, address: IppAddress) {
    this.#http = http;
    this.address = address;
  }

  /** The answer to `request`, whatever it says. Rejects as the transport does, and `protocol` for what is no answer of IPP. */
  async exchange(request: IppRequest, options: CallOptions = {}): Promise<IppMessage> {
    const answer = await this.#oncePerLine(request, options);
    if (answer.code !== STATUS['server-error-version-not-supported'] || this.#version.major === 1)
      return answer;
    this.#version = { major: 1, minor: 1 };
    return this.#oncePerLine(request, options);
  }

  /** The answer to `request`, which is a success; else rejects with what the status means. */
  async ask(request: IppRequest, options: CallOptions = {}): Promise<IppMessage> {
    const answer = await this.exchange(request, options);
    if (isSuccess(answer.code)) return answer;
    throw statusError(request.operation, answer);
  }

  /** A kept connection may have ended meanwhile: a question that changes nothing is asked twice. */
  async #oncePerLine(request: IppRequest, options: CallOptions): Promise<IppMessage> {
    try {
      return await this.#post(request, options);
    } catch (error) {
      if (!(error instanceof DeviceError) || error.code !== 'lost') throw error;
      if (!READING.includes(request.operation)) throw error;
      return this.#post(request, options);
    }
  }

  #post(request: IppRequest, { timeoutMs = ANSWER_MS, signal }: CallOptions): Promise<IppMessage> {
    const { path } = this.address;
    const requestId = (this.#requestId = (this.#requestId % 0x7fffffff) + 1);
    const body = writeIppMessage(this.#message(request, requestId));
    const post = async (inner: AbortSignal): Promise<IppMessage> => {
      const headers = { 'content-type': 'application/ipp', accept: 'application/ipp' };
      const response = await this.#http.request(
        { method: 'POST', path, headers, body },
        { timeoutMs, signal: inner },
      );
      if (response.status !== 200) throw httpFailure(response.status);
      return answerOf(await readBody(response, MAX_ANSWER_BYTES), requestId);
    };
    return withDeadline(`${request.operation} of the printer`, timeoutMs, post, signal);
  }

  #message(request: IppRequest, requestId: number): IppMessage {
    const { operation, operationAttributes = [], jobId, jobAttributes = [], document } = request;
    return {
      version: this.#version,
      code: OPERATION[operation],
      requestId,
      groups: [
        {
          group: 'operation',
          attributes: [
            stringAttribute('charset', 'attributes-charset', 'utf-8'),
            stringAttribute('naturalLanguage', 'attributes-natural-language', 'de'),
            stringAttribute('uri', 'printer-uri', this.address.printerUri),
            ...(jobId === undefined
              ? []
              : [{ name: 'job-id', values: [{ syntax: 'integer', value: jobId } as const] }]),
            stringAttribute('name', 'requesting-user-name', REQUESTING_USER),
            ...operationAttributes,
          ],
        },
        ...(jobAttributes.length === 0 ? [] : [{ group: 'job', attributes: jobAttributes } as const]),
      ],
      data: document ?? new Uint8Array(),
    };
  }
}

function answerOf(bytes: Uint8Array, requestId: number): IppMessage {
  let answer: IppMessage;
  try {
    answer = readIppMessage(bytes);
  } catch (error) {
    throw new DeviceError('protocol', 'what answers there does not speak IPP', {
      cause: error,
      remedy: 'check address and path of the printer; if they are right, switch the printer off and on',
    });
  }
  if (answer.requestId === requestId) return answer;
  throw new DeviceError('protocol', 'the printer answers another request than it was asked', { offset: 4 });
}
