import {
  DeviceError,
  DeviceLife,
  withDeadline,
  type DeviceInfo,
  type End,
  type HttpTransport,
} from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { IppClient } from '../client/ipp-client.js';
import { STATUS_ATTRIBUTES, statusOf, type PrinterTraits } from '../client/printer-answer.js';
import { groupOf, OPERATION, stringAttribute } from '../ipp/index.js';
import { isGone } from '../jobs/broken-line.js';
import { clearJobs } from '../jobs/clear-jobs.js';
import { endJob } from '../jobs/end-job.js';
import { followJob } from '../jobs/follow-job.js';
import { JobDesk, ticketAttributes } from '../jobs/job-desk.js';
import { endingOf } from '../jobs/job-ending.js';
import type { JobJournal } from '../jobs/job-journal.js';
import { sealOf } from '../jobs/job-seal.js';
import { ownJob } from '../jobs/own-job.js';
import { placeJob, type Placed } from '../jobs/place-job.js';
import { pdfPages } from '../pdf-pages.js';
import { printOrder, type PrintOrder } from '../print-order.js';
import type {
  ClearedJobs,
  PrintDocument,
  Printer,
  PrinterCapabilities,
  PrinterStatus,
  PrintEvent,
  PrintOptions,
} from '../printer.js';
import { printStream } from './print-stream.js';
import type { Preparation } from './preparation.js';
import { untilGone } from './watch-idle.js';

const STATUS_MS = 5_000;
/** How long ending a job at the printer may take, in milliseconds: less than the next operation waits for it. */
const WITHDRAW_MS = 4_000;
const CLEAR_MS = 30_000;

/** What an open printer is made of. */
export interface IppPrinterParts {
  readonly http: HttpTransport;
  readonly client: IppClient;
  readonly traits: PrinterTraits;
  readonly preparation: Preparation;
  readonly journal: JobJournal;
  readonly pollMs: number;
  readonly toleranceMs: number;
  readonly watchMs: number;
}

/** A job while this process sees to it. */
interface Ticket {
  jobId: number | undefined;
  /** Size of the document as it is sent, once that is known. */
  bytes: number;
}

/** A printer that is spoken to in IPP, over whatever carries HTTP. */
export class IppPrinter implements Printer {
  readonly info: DeviceInfo;
  readonly capabilities: PrinterCapabilities;
  readonly #parts: IppPrinterParts;
  readonly #desk: JobDesk;
  readonly #life: DeviceLife;
  readonly #over = new AbortController();

  constructor(parts: IppPrinterParts) {
    const { traits, preparation, http } = parts;
    this.info = traits.info;
    this.capabilities = preparation.capabilities;
    this.#parts = parts;
    this.#desk = new JobDesk(parts.client);
    this.#life = new DeviceLife(() => http.close());
    void http.ended.then((end) => {
      if (end.reason === 'lost') this.#lose(end.error);
    });
    const { watchMs: everyMs, toleranceMs } = parts;
    untilGone({ ask: (inner) => this.#status(inner), everyMs, toleranceMs, signal: this.#over.signal }).then(
      (error) => {
        this.#lose(error);
      },
      () => undefined,
    );
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  async status(signal?: AbortSignal): Promise<PrinterStatus> {
    signal?.throwIfAborted();
    if (this.#life.over !== undefined) throw this.#life.over;
    const over = this.#over.signal;
    const both = signal === undefined ? over : AbortSignal.any([over, signal]);
    return withDeadline('the status of the printer', STATUS_MS, (inner) => this.#status(inner), both);
  }

  print(document: PrintDocument, options: PrintOptions): Observable<PrintEvent> {
    return this.#life.gate.stream('print', () => this.#print(this.#order(document, options)));
  }

  clearJobs(signal?: AbortSignal): Promise<ClearedJobs> {
    const clear = (inner: AbortSignal): Promise<ClearedJobs> =>
      clearJobs(this.#desk, this.#parts.traits.isCups, { signal: inner });
    return this.#life.gate.call(
      'clearJobs',
      (inner) => withDeadline('clearing the jobs', CLEAR_MS, clear, inner),
      signal,
    );
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the printer was closed'));
    return this.#life.close();
  }

  #lose(error: DeviceError): void {
    this.#over.abort(error);
    this.#life.lose(error);
  }

  #order(document: PrintDocument, options: PrintOptions): PrintOrder {
    const order = printOrder(document, options, this.capabilities);
    const { maxCopies = order.copies, colorModes } = this.#parts.traits;
    if (order.copies > maxCopies) {
      throw new DeviceError('unsupported', `the printer makes ${maxCopies} copies at most`);
    }
    if (order.color === 'monochrome' && this.capabilities.color && !colorModes.includes('monochrome')) {
      throw new DeviceError('unsupported', 'the printer cannot be told to print without colour');
    }
    return order;
  }

  #print(order: PrintOrder): Observable<PrintEvent> {
    const isSentAsItIs = this.#parts.preparation.isSentAsItIs(order);
    const ticket: Ticket = { jobId: undefined, bytes: isSentAsItIs ? order.document.bytes.length : 0 };
    return printStream(order.patienceMs, {
      run: (tell, signal) => this.#run(order, ticket, signal, tell),
      given: (running) => {
        if (this.#life.over?.code !== 'lost') this.#life.gate.release(this.#withdraw(running, ticket, order));
      },
      failed: (error) => {
        if (isGone(error)) this.#lose(error);
      },
    });
  }

  async #run(
    order: PrintOrder,
    ticket: Ticket,
    signal: AbortSignal,
    tell: (event: PrintEvent) => void,
  ): Promise<void> {
    const { journal, pollMs, toleranceMs, traits } = this.#parts;
    const sides = sidesOf(order);
    // What stopped the printer before the job is not the job's affair.
    const before = await this.#status(signal).catch(() => undefined);
    const seal = await sealOf(order);
    const placed = await this.#place(order, seal, ticket, signal);
    if (placed.type === 'ended') {
      const { jobId, stage, pages = 'unknown' } = placed.note;
      tell({ type: 'queued', jobId });
      tell(stage === 'canceled' ? { type: 'canceled', pages } : { type: 'done', pages });
      return;
    }
    const { jobId, unsure } = placed;
    ticket.jobId = jobId;
    tell({ type: 'queued', jobId });
    const { copies } = order;
    const status = (inner: AbortSignal): Promise<PrinterStatus> => this.#status(inner);
    const desk = this.#desk;
    const job = await followJob({
      desk,
      jobId,
      status,
      before,
      sides,
      copies,
      tell,
      pollMs,
      toleranceMs,
      signal,
    });
    // A job that never ends would be in the way of the next.
    if (job.state === 'processing-stopped') await desk.cancel(jobId, { signal });
    const ending = endingOf(job, { bytes: ticket.bytes, sides, copies, unsure });
    const stage = ending.type === 'canceled' ? 'canceled' : 'done';
    const pages = 'pages' in ending && typeof ending.pages === 'number' ? { pages: ending.pages } : {};
    await journal.put({ jobUuid: order.jobUuid, seal, printer: traits.identity, jobId, stage, ...pages });
    tell(ending);
  }

  #place(order: PrintOrder, seal: string, ticket: Ticket, signal: AbortSignal): Promise<Placed> {
    const { journal, toleranceMs, traits, preparation } = this.#parts;
    const { copies, media, sides, color } = order;
    return placeJob({
      desk: this.#desk,
      journal,
      printer: traits.identity,
      order,
      seal,
      ticket: ticketAttributes({
        copies,
        sides,
        media,
        color: traits.colorModes.includes(color) ? color : undefined,
      }),
      document: async () => {
        const document = await preparation.prepared(order, signal);
        ticket.bytes = document.bytes.length;
        return document;
      },
      inTwoSteps: [OPERATION['Create-Job'], OPERATION['Send-Document']].every((one) =>
        traits.operations.includes(one),
      ),
      created: (jobId) => {
        ticket.jobId = jobId;
      },
      toleranceMs,
      givenUp: new Set(),
      signal,
    });
  }

  /** Ends the job at the printer: by its number, or by its name where the answer that has the number did not come. */
  async #withdraw(running: Promise<void>, ticket: Ticket, order: PrintOrder): Promise<void> {
    await withDeadline('cancelling the job', WITHDRAW_MS, async (signal) => {
      await running.catch(() => undefined);
      const job = async () => ownJob(this.#desk, order, await sealOf(order), undefined, { signal });
      const jobId = ticket.jobId ?? (await job())?.id;
      if (jobId !== undefined) await endJob(this.#desk, jobId, signal);
    }).catch(() => undefined);
  }

  async #status(signal: AbortSignal): Promise<PrinterStatus> {
    const answer = await this.#parts.client.ask(
      {
        operation: 'Get-Printer-Attributes',
        operationAttributes: [stringAttribute('keyword', 'requested-attributes', ...STATUS_ATTRIBUTES)],
      },
      { signal },
    );
    return statusOf(groupOf(answer, 'printer'));
  }
}

/** How many sides come out; `unknown` for what is no PDF and for PDFs whose pages cannot be counted. */
function sidesOf({ document, copies }: PrintOrder): number | 'unknown' {
  if (document.mediaType !== 'application/pdf') return 'unknown';
  const pages = pdfPages(document.bytes);
  return pages === 'unknown' ? pages : pages * copies;
}
