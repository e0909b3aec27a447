import type { CallOptions, DeviceError } from '@buergerkoffer/core';
import type { IppClient } from '../client/ipp-client.js';
import { statusError } from '../client/status-error.js';
import {
  booleanAttribute,
  isSuccess,
  numberAttribute,
  STATUS,
  stringAttribute,
  type IppAttribute,
} from '../ipp/index.js';
import type { PrintDocument } from '../printer.js';
import { JOB_ATTRIBUTES, jobIn, jobsOf, type PrinterJob } from './printer-job.js';

/** Slowest line that is reckoned with, in bytes per millisecond: a document has its size over this on top. */
const SLOWEST = 20;
const SEND_MS = 15_000;

/** What is done with jobs at one printer. */
export class JobDesk {
  readonly #client: IppClient;

  constructor(client: IppClient) {
    this.#client = client;
  }

  /** All jobs that the printer tells of, those that have not ended first. */
  async all(options: CallOptions = {}): Promise<readonly PrinterJob[]> {
    return [...(await this.#jobs('not-completed', options)), ...(await this.#jobs('completed', options))];
  }

  /** The job with this number; undefined where the printer has none. */
  async find(jobId: number, options: CallOptions = {}): Promise<PrinterJob | undefined> {
    const answer = await this.#client.exchange(
      { operation: 'Get-Job-Attributes', jobId, operationAttributes: [REQUESTED] },
      options,
    );
    const gone: readonly number[] = [STATUS['client-error-not-found'], STATUS['client-error-gone']];
    if (gone.includes(answer.code)) return undefined;
    if (!isSuccess(answer.code)) throw statusError('Get-Job-Attributes', answer);
    return jobIn(answer);
  }

  /** Asks whether a job with these attributes would be taken; a printer that does not know the question is believed to. */
  async validate(
    name: string,
    format: string,
    ticket: readonly IppAttribute[],
    options: CallOptions,
  ): Promise<void> {
    const answer = await this.#client.exchange(
      {
        operation: 'Validate-Job',
        operationAttributes: [...named(name), stringAttribute('mimeMediaType', 'document-format', format)],
        jobAttributes: ticket,
      },
      options,
    );
    if (isSuccess(answer.code) || answer.code === STATUS['server-error-operation-not-supported']) return;
    throw statusError('the job', answer);
  }

  /** A job without a document: nothing can be printed of it. Resolves with what the printer objects to, rejects when the line broke. */
  async create(name: string, ticket: readonly IppAttribute[]): Promise<DeviceError | PrinterJob> {
    const answer = await this.#client.exchange({
      operation: 'Create-Job',
      operationAttributes: named(name),
      jobAttributes: ticket,
    });
    return isSuccess(answer.code) ? jobIn(answer) : statusError('the job', answer);
  }

  /** Gives the job its only document; answers like {@link create}. */
  async send(jobId: number, document: PrintDocument, signal: AbortSignal): Promise<DeviceError | undefined> {
    const answer = await this.#client.exchange(
      {
        operation: 'Send-Document',
        jobId,
        operationAttributes: [
          stringAttribute('mimeMediaType', 'document-format', document.mediaType),
          booleanAttribute('last-document', true),
        ],
        document: document.bytes,
      },
      sending(document, signal),
    );
    return isSuccess(answer.code) ? undefined : statusError('the document', answer);
  }

  /** Job and document in one request, for printers that know no other way; answers like {@link create}. */
  async printAtOnce(
    name: string,
    ticket: readonly IppAttribute[],
    document: PrintDocument,
    signal: AbortSignal,
  ): Promise<DeviceError | PrinterJob> {
    const format = stringAttribute('mimeMediaType', 'document-format', document.mediaType);
    const answer = await this.#client.exchange(
      {
        operation: 'Print-Job',
        operationAttributes: [...named(name), format],
        jobAttributes: ticket,
        document: document.bytes,
      },
      sending(document, signal),
    );
    return isSuccess(answer.code) ? jobIn(answer) : statusError('the document', answer);
  }

  /** Cancels a job, or with `purge` deletes it with its document (CUPS); false where the printer says that it cannot. */
  async cancel(jobId: number, options: CallOptions & { readonly purge?: boolean } = {}): Promise<boolean> {
    const answer = await this.#client.exchange(
      {
        operation: 'Cancel-Job',
        jobId,
        operationAttributes: options.purge === true ? [booleanAttribute('purge-job', true)] : [],
      },
      options,
    );
    if (isSuccess(answer.code)) return true;
    const ended: readonly number[] = [
      STATUS['client-error-not-possible'],
      STATUS['client-error-not-found'],
      STATUS['client-error-gone'],
    ];
    if (ended.includes(answer.code)) return false;
    throw statusError('Cancel-Job', answer);
  }

  async #jobs(which: string, options: CallOptions): Promise<readonly PrinterJob[]> {
    const answer = await this.#client.exchange(
      {
        operation: 'Get-Jobs',
        operationAttributes: [stringAttribute('keyword', 'which-jobs', which), REQUESTED],
      },
      options,
    );
    // Some printers say so where the list is empty.
    if (answer.code === STATUS['client-error-not-found']) return [];
    if (!isSuccess(answer.code)) throw statusError('Get-Jobs', answer);
    return jobsOf(answer);
  }
}

const REQUESTED = stringAttribute('keyword', 'requested-attributes', ...JOB_ATTRIBUTES);

/** What a job looks like, in the job group. Fidelity: the printer refuses rather than prints otherwise. */
export interface Ticket {
  readonly copies: number;
  readonly sides: string;
  readonly media: string;
  /** Absent where the printer does not know the attribute. */
  readonly color: string | undefined;
}

/** The attributes of a ticket. */
export function ticketAttributes({ copies, sides, media, color }: Ticket): readonly IppAttribute[] {
  return [
    numberAttribute('integer', 'copies', copies),
    stringAttribute('keyword', 'sides', sides),
    stringAttribute('keyword', 'media', media),
    ...(color === undefined ? [] : [stringAttribute('keyword', 'print-color-mode', color)]),
  ];
}

function named(name: string): readonly IppAttribute[] {
  return [stringAttribute('name', 'job-name', name), booleanAttribute('ipp-attribute-fidelity', true)];
}

function sending({ bytes }: PrintDocument, signal: AbortSignal): CallOptions {
  return { timeoutMs: SEND_MS + Math.ceil(bytes.length / SLOWEST), signal };
}
