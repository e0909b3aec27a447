import { seededRandom } from '@buergerkoffer/core/simulation';
import type { IppMessage, OperationName } from '../../ipp/index.js';
import type { PrinterCapabilities, Supply } from '../../printer.js';
import type { PrinterDescription } from './described-printer.js';
import { LineFaults } from './line-fault.js';
import { answerTo } from './operations.js';
import { PrintEngine } from './print-engine.js';
import { isEnded, type SimulatedJob } from './simulated-job.js';

/** How a simulated printer on the network is built. */
export interface SimulatedIppPrinterOptions {
  /** Unsigned 32-bit; the same seed gives the same printer. Default 1. */
  readonly seed?: number;
  /** Milliseconds for one side. Default 20. */
  readonly paceMs?: number;
  /** Overrides: default PDF, PWG raster and JPEG, colour, all sides, A4, A5 and letter. */
  readonly capabilities?: Partial<PrinterCapabilities>;
  /** What lies in the trays. Default A4. */
  readonly mediaReady?: readonly string[];
  readonly supplies?: readonly Supply[];
  /** Default all; without Create-Job a printer takes job and document in one request only. */
  readonly operations?: readonly OperationName[];
  /** Only one job at a time; while it lasts others are refused as busy (0507). Default false. */
  readonly oneJobAtATime?: boolean;
  /** Whether it tells how much there is of a job and how much of it came out; cheap printers do not. Default true. */
  readonly counts?: boolean;
  /** How long a job that has ended is told of, in milliseconds. Default 60 000. */
  readonly historyMs?: number;
}

/** What came out of a simulated printer, or lies in it. */
export interface ReceivedJob {
  readonly jobId: number;
  readonly jobName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly copies: number;
  readonly sides: string;
  readonly media: string;
  /** Sides that came out, all copies together. */
  readonly pages: number;
  readonly outcome: 'complete' | 'partial';
}

const DEFAULT_CAPABILITIES: PrinterCapabilities = {
  documentFormats: ['application/pdf', 'image/pwg-raster', 'image/jpeg'],
  color: true,
  sides: ['one-sided', 'two-sided-long-edge', 'two-sided-short-edge'],
  media: ['iso_a4_210x297mm', 'iso_a5_148x210mm', 'na_letter_8.5x11in'],
};
const OPERATIONS: readonly OperationName[] = [
  'Print-Job',
  'Validate-Job',
  'Create-Job',
  'Send-Document',
  'Cancel-Job',
  'Get-Job-Attributes',
  'Get-Jobs',
  'Get-Printer-Attributes',
  'Identify-Printer',
];

/**
 * A printer that speaks IPP and keeps what it prints: it outlives every connection. `ippService` gives it to a virtual bus,
 * `serveIppPrinter` of `@buergerkoffer/print/node` a real socket. What real printers do wrong it does on demand.
 */
export class SimulatedIppPrinter {
  /** What came out, oldest first; it stays when the printer is switched off. */
  readonly printed: ReceivedJob[] = [];
  /** What goes wrong on the line. */
  readonly line = new LineFaults();
  readonly #options: SimulatedIppPrinterOptions;
  readonly #engine: PrintEngine;
  readonly #startedAt = performance.now();
  #accepting = true;
  #mediaReady: readonly string[];
  #warnings: readonly string[] = [];
  #sideOut: (() => void) | undefined;

  constructor(options: SimulatedIppPrinterOptions = {}) {
    this.#options = options;
    this.#mediaReady = options.mediaReady ?? ['iso_a4_210x297mm'];
    this.#engine = new PrintEngine({
      paceMs: options.paceMs ?? 20,
      firstJobId: seededRandom(options.seed ?? 1)
        .fork('printer')
        .integer(1, 200),
      now: () => this.nowMs,
      changed: (job) => {
        this.#changed(job);
      },
    });
  }

  /** Path of its requests. */
  get path(): string {
    return '/ipp/print';
  }

  /** Milliseconds since it was switched on. */
  get nowMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** The jobs that it tells of, oldest first. */
  get jobs(): readonly SimulatedJob[] {
    const { historyMs = 60_000 } = this.#options;
    const remembered = (job: SimulatedJob): boolean =>
      !isEnded(job) || this.nowMs - (job.endedAtMs ?? 0) < historyMs;
    return this.#engine.jobs.filter(remembered);
  }

  /** The answer to a request that came to `uris`. */
  answer(request: IppMessage, uris: readonly string[]): IppMessage {
    return answerTo(request, {
      description: this.#description(uris),
      now: this.#now(),
      path: this.path,
      oneJobAtATime: this.#options.oneJobAtATime ?? false,
      counts: this.#options.counts ?? true,
      engine: this.#engine,
      jobs: this.jobs,
    });
  }

  /** Stops at once, or before side `side` of the next job (or its last), for a reason such as `media-empty` or `media-jam`. */
  stop(reason: string, side?: number): void {
    if (side === undefined) this.#engine.stop(reason);
    else this.#engine.stopBefore(side, reason);
  }

  /** Somebody brings paper, takes the jam out, releases it. */
  clear(): void {
    this.#engine.clear();
  }

  /** Gives the next job up, for a reason such as `aborted-by-system` or `document-format-error`. */
  abortNext(reason = 'aborted-by-system'): void {
    this.#engine.abortNext(reason);
  }

  /** Takes jobs, or refuses them as not accepting (0506). */
  accept(accepting: boolean): void {
    this.#accepting = accepting;
  }

  /** What lies in the trays from now on. */
  load(mediaReady: readonly string[]): void {
    this.#mediaReady = mediaReady;
  }

  /** Reasons that stop nothing, with their ending, such as `toner-low-warning`. */
  warn(reasons: readonly string[]): void {
    this.#warnings = reasons;
  }

  /** Calls `happen` when the next side has come out. */
  onNextSide(happen: () => void): void {
    this.#sideOut = happen;
  }

  /** Switched off and on: it knows no job any more, and what lay in it is not printed. */
  restart(): void {
    this.#engine.powerOff();
  }

  #description(uris: readonly string[]): PrinterDescription {
    const { capabilities, operations = OPERATIONS, supplies, seed = 1 } = this.#options;
    const random = seededRandom(seed).fork('description');
    const digits = Array.from({ length: 12 }, () => random.integer(0, 15).toString(16)).join('');
    return {
      name: 'Bürgerkoffer Simulator',
      model: 'Simulated A4 printer',
      firmware: '1.0',
      uuid: `urn:uuid:00000000-0000-4000-8000-${digits}`,
      uris,
      capabilities: { ...DEFAULT_CAPABILITIES, ...capabilities },
      operations,
      supplies: supplies ?? [{ type: 'toner', color: 'black', levelPercent: random.integer(40, 95) }],
    };
  }

  #now() {
    const { state, stoppedBy } = this.#engine;
    const stopped =
      stoppedBy === undefined ? [] : [stoppedBy === 'paused' ? stoppedBy : `${stoppedBy}-error`];
    return {
      state,
      reasons: [...stopped, ...this.#warnings],
      acceptingJobs: this.#accepting,
      mediaReady: stoppedBy === 'media-empty' ? [] : this.#mediaReady,
      upTimeS: 1 + Math.floor(this.nowMs / 1000),
      queuedJobs: this.#engine.jobs.filter((job) => !isEnded(job)).length,
    };
  }

  #changed(job: SimulatedJob): void {
    if (isEnded(job) && job.printed > 0) {
      this.printed.push({
        jobId: job.id,
        jobName: job.name,
        mediaType: job.document?.format ?? '',
        bytes: job.document?.bytes ?? new Uint8Array(),
        ...job.ticket,
        pages: job.printed,
        outcome: job.state === 'completed' ? 'complete' : 'partial',
      });
    }
    const happen = this.#sideOut;
    this.#sideOut = undefined;
    happen?.();
  }
}
