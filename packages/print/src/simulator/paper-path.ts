import { DeviceError } from '@buergerkoffer/core';
import type { FaultScript } from '@buergerkoffer/core/simulation';
import type { AttentionReason } from '../ipp/state-reasons.js';
import type { PrintOrder } from '../print-order.js';
import type { ClearedJobs } from '../printer.js';
import { pdfPages } from '../pdf-pages.js';

/** A sheaf of paper that came out of a simulated printer. */
export interface PrintedDocument {
  readonly jobId: number;
  readonly jobUuid: string;
  readonly jobName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly copies: number;
  /** Printed sides, all copies together; `unknown` for a PDF whose pages cannot be counted. */
  readonly pages: number | 'unknown';
  /** `partial` when the job was cancelled after some pages. */
  readonly outcome: 'complete' | 'partial';
}

/** A job that lies in the printer, and how far it got. */
export interface PrintJob {
  readonly id: number;
  readonly order: PrintOrder;
  readonly pages: number | 'unknown';
  /** Sides that it takes; 1 where the number of pages is unknown. */
  readonly sides: number;
  printed: number;
  state: 'processing' | 'abandoned' | 'completed' | 'canceled';
}

/**
 * The inside of a simulated printer: it outlives every connection, knows each job by its UUID, and keeps what it printed.
 */
export class PaperPath {
  readonly printed: PrintedDocument[] = [];
  readonly #faults: FaultScript;
  readonly #jobs = new Map<string, PrintJob>();
  #nextId: number;
  #hindrance: { readonly reason: AttentionReason; readonly gone: Promise<void> } | undefined;

  constructor(faults: FaultScript, firstJobId: number) {
    this.#faults = faults;
    this.#nextId = firstJobId;
  }

  /** What stops the printer at the moment. */
  get hindrance(): AttentionReason | undefined {
    return this.#hindrance?.reason;
  }

  /** The job of `order`: a new one, or the one that already has its UUID. */
  accept(order: PrintOrder): PrintJob {
    const known = this.#jobs.get(order.jobUuid);
    if (known !== undefined) {
      if (sameBytes(known.order.document.bytes, order.document.bytes)) return known;
      throw new DeviceError('invalid-request', 'the jobUuid belongs to another document');
    }
    const pages = order.document.mediaType === 'application/pdf' ? pdfPages(order.document.bytes) : 1;
    const job: PrintJob = {
      id: this.#nextId,
      order: { ...order, document: { ...order.document, bytes: order.document.bytes.slice() } },
      pages: pages === 'unknown' ? pages : pages * order.copies,
      sides: pages === 'unknown' ? 1 : pages * order.copies,
      printed: 0,
      state: 'processing',
    };
    this.#nextId += 1;
    this.#jobs.set(order.jobUuid, job);
    return job;
  }

  /** Stops the printer until a person clears it; resolves then. */
  hinder(reason: AttentionReason): Promise<void> {
    const gone = this.#faults.cleared().then(() => {
      this.#hindrance = undefined;
      for (const job of this.#jobs.values()) if (job.state === 'abandoned') this.complete(job);
    });
    this.#hindrance = { reason, gone };
    return gone;
  }

  /** Resolves when nothing stops the printer any more. */
  unhindered(): Promise<void> {
    return this.#hindrance?.gone ?? Promise.resolve();
  }

  /** The line to the application broke: the printer has the document and goes on alone, as far as it can. */
  abandon(job: PrintJob): void {
    if (job.state !== 'processing') return;
    job.state = 'abandoned';
    if (this.#hindrance === undefined) this.complete(job);
  }

  /** All pages are out. */
  complete(job: PrintJob): void {
    if (job.state === 'completed') return;
    job.printed = job.sides;
    job.state = 'completed';
    this.printed.push(sheaf(job, 'complete'));
  }

  /** Cancels the jobs that went on alone, and forgets none: they must not be printed again. */
  clear(): ClearedJobs {
    const waiting = [...this.#jobs.values()].filter(({ state }) => state === 'abandoned');
    for (const job of waiting) this.cancel(job);
    return { canceled: waiting.length, deleted: 0, left: this.#jobs.size - waiting.length };
  }

  /** No further page comes out. */
  cancel(job: PrintJob): void {
    if (job.state === 'completed' || job.state === 'canceled') return;
    job.state = 'canceled';
    if (job.printed > 0) this.printed.push(sheaf(job, 'partial'));
  }
}

function sheaf(job: PrintJob, outcome: PrintedDocument['outcome']): PrintedDocument {
  const { jobUuid, jobName, document, copies } = job.order;
  return {
    jobId: job.id,
    jobUuid,
    jobName,
    mediaType: document.mediaType,
    bytes: document.bytes,
    copies,
    pages: outcome === 'complete' ? job.pages : job.printed,
    outcome,
  };
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
