import {
  DeviceError,
  DeviceLife,
  withDeadline,
  type DeviceInfo,
  type End,
  type UsbTransport,
} from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { PrinterTraits } from '../client/printer-answer.js';
import type { Preparation } from '../drivers/preparation.js';
import { printStream } from '../drivers/print-stream.js';
import { unknownOutcome } from '../jobs/broken-line.js';
import type { JobJournal, JobNote } from '../jobs/job-journal.js';
import { sealOf } from '../jobs/job-seal.js';
import { otherDocument } from '../jobs/own-job.js';
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
import type { PrinterClass } from './printer-class.js';

const STATUS_MS = 5_000;

/** What an open printer of the plain class is made of. */
export interface ClassPrinterParts {
  readonly usb: UsbTransport;
  readonly printer: PrinterClass;
  readonly traits: PrinterTraits;
  readonly preparation: Preparation;
  readonly journal: JobJournal;
}

/**
 * A printer that takes bytes over USB and tells no more than whether something stops it. `done` means that it has the whole document;
 * pages are not known, nor can it be asked for a job: only the journal keeps one from being printed twice.
 */
export class ClassPrinter implements Printer {
  readonly info: DeviceInfo;
  readonly capabilities: PrinterCapabilities;
  readonly #parts: ClassPrinterParts;
  readonly #life: DeviceLife;
  #jobs = 0;
  #isPrinting = false;

  constructor(parts: ClassPrinterParts) {
    this.info = parts.traits.info;
    this.capabilities = parts.preparation.capabilities;
    this.#parts = parts;
    this.#life = new DeviceLife(() => parts.usb.close());
    void parts.usb.ended.then((end) => {
      if (end.reason === 'lost') this.#life.lose(end.error);
    });
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  async status(signal?: AbortSignal): Promise<PrinterStatus> {
    signal?.throwIfAborted();
    if (this.#life.over !== undefined) throw this.#life.over;
    const ask = (inner: AbortSignal) => this.#parts.printer.hindrance({ signal: inner });
    const stem = await withDeadline('the status of the printer', STATUS_MS, ask, signal);
    return {
      state: stem === undefined ? (this.#isPrinting ? 'processing' : 'idle') : 'stopped',
      acceptingJobs: true,
      reasons: stem === undefined ? [] : [{ stem, severity: 'error' }],
      mediaReady: [],
      supplies: [],
    };
  }

  print(document: PrintDocument, options: PrintOptions): Observable<PrintEvent> {
    return this.#life.gate.stream('print', () => {
      const order = this.#order(document, options);
      return printStream(order.patienceMs, {
        run: async (tell, signal) => {
          this.#isPrinting = true;
          await this.#run(order, tell, signal).finally(() => {
            this.#isPrinting = false;
          });
        },
        given: (running) => {
          if (this.#life.over?.code !== 'lost') this.#life.gate.release(this.#giveUp(running));
        },
      });
    });
  }

  /** Nothing is known of jobs that were sent: what the printer has of them is thrown away, printed or not. */
  clearJobs(signal?: AbortSignal): Promise<ClearedJobs> {
    return this.#life.gate.call(
      'clearJobs',
      async (inner) => {
        await this.#parts.printer.reset({ signal: inner });
        return { canceled: 0, deleted: 0, left: 0 };
      },
      signal,
    );
  }

  close(): Promise<void> {
    return this.#life.close();
  }

  #order(document: PrintDocument, options: PrintOptions): PrintOrder {
    const order = printOrder(document, options, this.capabilities);
    if (order.copies === 1) return order;
    throw new DeviceError('unsupported', 'over USB without IPP a printer makes one copy', {
      remedy: 'print each copy as a job of its own, with its own jobUuid',
    });
  }

  async #run(order: PrintOrder, tell: (event: PrintEvent) => void, signal: AbortSignal): Promise<void> {
    const { journal, printer, preparation, traits } = this.#parts;
    const seal = await sealOf(order);
    const known = await journal.get(order.jobUuid);
    if (known !== undefined && known.seal !== seal) throw otherDocument();
    if (known?.stage === 'sending') throw unknownOutcome();
    this.#jobs += 1;
    const jobId = known?.jobId ?? this.#jobs;
    if (known?.stage === 'done' || known?.stage === 'canceled') {
      tell({ type: 'queued', jobId });
      tell({ type: known.stage, pages: 'unknown' });
      return;
    }
    const { bytes } = await preparation.prepared(order, signal);
    signal.throwIfAborted();
    const note: JobNote = { jobUuid: order.jobUuid, seal, printer: traits.identity, jobId, stage: 'sending' };
    await journal.put(note);
    let asked: string | undefined;
    await printer.send(
      bytes,
      (reason) => {
        if (reason !== undefined && reason !== asked) tell({ type: 'attention', reason });
        asked = reason;
      },
      signal,
    );
    await journal.put({ ...note, stage: 'done' });
    tell({ type: 'queued', jobId });
    tell({ type: 'done', pages: 'unknown' });
  }

  async #giveUp(running: Promise<void>): Promise<void> {
    await running.catch(() => undefined);
    await this.#parts.printer.reset().catch(() => undefined);
  }
}
