import { DeviceError, DeviceLife, withDeadline, type DeviceInfo, type End } from '@buergerkoffer/core';
import type { Fault, FaultScript, Losable } from '@buergerkoffer/core/simulation';
import {
  concat,
  concatMap,
  defer,
  EMPTY,
  from,
  ignoreElements,
  map,
  NEVER,
  of,
  range,
  tap,
  throwError,
  timeout,
  timer,
  type Observable,
} from 'rxjs';
import { printOrder, type PrintOrder } from '../print-order.js';
import type {
  ClearedJobs,
  PrintDocument,
  Printer,
  PrinterCapabilities,
  PrinterStatus,
  PrintEvent,
  PrintOptions,
  Supply,
} from '../printer.js';
import type { PaperPath, PrintJob } from './paper-path.js';

const STATUS_MS = 5_000;

type PrintFault = Exclude<Fault, { readonly type: 'retry' }>;

/** What one connection to a simulated printer needs of it. */
export interface PrinterWorks {
  readonly info: DeviceInfo;
  readonly capabilities: PrinterCapabilities;
  readonly supplies: readonly Supply[];
  readonly paper: PaperPath;
  readonly paceMs: number;
  readonly faults: FaultScript;
  readonly vanish: () => void;
}

/** An open simulated printer: it follows jobs page by page; what it prints lies in the {@link PaperPath}. */
export class ConnectedPrinter implements Printer, Losable {
  readonly info: DeviceInfo;
  readonly capabilities: PrinterCapabilities;
  readonly #works: PrinterWorks;
  readonly #life = new DeviceLife();
  readonly #over = new AbortController();
  #printing = false;

  constructor(works: PrinterWorks) {
    this.info = works.info;
    this.capabilities = works.capabilities;
    this.#works = works;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  async status(signal?: AbortSignal): Promise<PrinterStatus> {
    signal?.throwIfAborted();
    const ending = this.#over.signal;
    const both = signal === undefined ? ending : AbortSignal.any([ending, signal]);
    return withDeadline('the status of the printer', STATUS_MS, () => this.#status(), both);
  }

  print(document: PrintDocument, options: PrintOptions): Observable<PrintEvent> {
    return this.#life.gate.stream('print', () =>
      defer(() => {
        const order = printOrder(document, options, this.capabilities);
        const fault = this.#works.faults.take('print');
        if (fault?.type === 'retry') throw noSuchFault('print', fault);
        return this.#follow(this.#works.paper.accept(order), order, fault);
      }),
    );
  }

  clearJobs(signal?: AbortSignal): Promise<ClearedJobs> {
    return this.#life.gate.call('clearJobs', () => Promise.resolve(this.#works.paper.clear()), signal);
  }

  close(): Promise<void> {
    this.#over.abort(new DeviceError('closed', 'the printer was closed'));
    return this.#life.close();
  }

  lose(error: DeviceError): void {
    this.#over.abort(error);
    this.#life.lose(error);
  }

  #follow(job: PrintJob, order: PrintOrder, fault: PrintFault | undefined): Observable<PrintEvent> {
    const { paper } = this.#works;
    return concat(
      of({ type: 'queued', jobId: job.id } as const),
      this.#pages(job, fault),
      ending(job, paper),
    ).pipe(
      timeout({ each: order.patienceMs, with: () => throwError(() => this.#impatience(order)) }),
      tap({
        subscribe: () => {
          this.#printing = true;
        },
        error: () => {
          paper.abandon(job);
        },
        unsubscribe: () => {
          if (this.#life.over?.code === 'lost') paper.abandon(job);
          else paper.cancel(job);
        },
        finalize: () => {
          this.#printing = false;
        },
      }),
    );
  }

  #pages(job: PrintJob, fault: PrintFault | undefined): Observable<PrintEvent> {
    return defer(() => {
      if (job.state === 'completed' || job.state === 'canceled') return EMPTY;
      job.state = 'processing';
      const faultAt = Math.max(job.printed + 1, Math.min(2, job.sides));
      return range(job.printed + 1, job.sides - job.printed).pipe(
        concatMap((page) =>
          concat(this.#obstacle(page === faultAt ? fault : undefined), this.#page(job, page)),
        ),
      );
    });
  }

  #page(job: PrintJob, page: number): Observable<PrintEvent> {
    return timer(this.#works.paceMs).pipe(
      map(() => {
        job.printed = page;
        return { type: 'printing', page, of: job.pages } as const;
      }),
    );
  }

  #obstacle(fault: PrintFault | undefined): Observable<PrintEvent> {
    const { paper, vanish } = this.#works;
    switch (fault?.type) {
      case undefined:
        return this.#untilUnhindered();
      case 'paper-out':
        void paper.hinder('media-empty');
        return this.#untilUnhindered();
      case 'jam':
        void paper.hinder('media-jam');
        return this.#untilUnhindered();
      case 'time-out':
        return NEVER;
      case 'stall':
        return throwError(() => new DeviceError('protocol', 'the printer answers what no printer answers'));
      case 'vanish':
        return concat(
          timer(this.#works.paceMs).pipe(
            tap(() => {
              vanish();
            }),
            ignoreElements(),
          ),
          NEVER,
        );
      default:
        return fault satisfies never;
    }
  }

  #untilUnhindered(): Observable<PrintEvent> {
    const { paper } = this.#works;
    return defer(() => {
      const reason = paper.hindrance;
      if (reason === undefined) return EMPTY;
      const cleared = defer(() => from(paper.unhindered())).pipe(ignoreElements());
      return concat(of({ type: 'attention', reason } as const), cleared);
    });
  }

  #impatience(order: PrintOrder): DeviceError {
    const reason = this.#works.paper.hindrance;
    return reason === undefined
      ? new DeviceError('timeout', `the printer was silent for ${order.patienceMs} ms`)
      : new DeviceError('attention', `${reason}: nobody saw to the printer within ${order.patienceMs} ms`);
  }

  #status(): Promise<PrinterStatus> {
    const fault = this.#works.faults.take('status');
    switch (fault?.type) {
      case undefined:
        return Promise.resolve(this.#now());
      case 'time-out':
        return new Promise(() => undefined);
      case 'stall':
        return Promise.reject(new DeviceError('protocol', 'the printer answers what no printer answers'));
      case 'vanish':
        this.#works.vanish();
        return new Promise(() => undefined);
      case 'retry':
      case 'jam':
      case 'paper-out':
        return Promise.reject(noSuchFault('status', fault));
      default:
        return fault satisfies never;
    }
  }

  #now(): PrinterStatus {
    const { paper, supplies } = this.#works;
    const reason = paper.hindrance;
    return {
      state: reason !== undefined ? 'stopped' : this.#printing ? 'processing' : 'idle',
      acceptingJobs: true,
      reasons: reason === undefined ? [] : [{ stem: reason, severity: 'error' }],
      mediaReady: reason === 'media-empty' ? [] : this.capabilities.media,
      supplies,
    };
  }
}

function ending(job: PrintJob, paper: PaperPath): Observable<PrintEvent> {
  return defer(() => {
    if (job.state === 'canceled') return of({ type: 'canceled', pages: job.printed } as const);
    paper.complete(job);
    return of({ type: 'done', pages: job.pages } as const);
  });
}

function noSuchFault(operation: string, fault: Fault): DeviceError {
  return new DeviceError('unsupported', `${operation} of a printer does not know the fault ${fault.type}`);
}
