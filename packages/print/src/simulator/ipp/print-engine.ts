import type { PrinterState } from '../../ipp/index.js';
import { isEnded, sidesOf, type JobTicket, type SimulatedJob } from './simulated-job.js';

/** What an engine is built with. */
export interface EngineOptions {
  readonly paceMs: number;
  readonly firstJobId: number;
  /** Milliseconds since some moment in the past. */
  readonly now: () => number;
  /** Called after a side came out, and when a job ends. */
  readonly changed: (job: SimulatedJob) => void;
}

/** A stop that is planned: before side `side` of the next job that gets there. */
interface PlannedStop {
  readonly side: number;
  readonly reason: string;
}

/** The inside of a printer: one job after another, one side after another, and what stops it. */
export class PrintEngine {
  readonly jobs: SimulatedJob[] = [];
  readonly #options: EngineOptions;
  #nextId: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped: string | undefined;
  #planned: PlannedStop | undefined;
  #abortNext: string | undefined;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#nextId = options.firstJobId;
  }

  get state(): PrinterState {
    if (this.#stopped !== undefined) return 'stopped';
    return this.#running() === undefined ? 'idle' : 'processing';
  }

  /** The reason that stops it. */
  get stoppedBy(): string | undefined {
    return this.#stopped;
  }

  create(name: string, user: string, ticket: JobTicket): SimulatedJob {
    const job: SimulatedJob = {
      id: this.#nextId,
      name,
      user,
      ticket,
      createdAtMs: this.#options.now(),
      document: undefined,
      state: 'pending-held',
      reasons: ['job-incoming'],
      printed: 0,
      sides: 0,
      startedAtMs: undefined,
      endedAtMs: undefined,
    };
    this.#nextId += 1;
    this.jobs.push(job);
    return job;
  }

  /** The document of a job has come: it waits for its turn. */
  submit(job: SimulatedJob, format: string, bytes: Uint8Array): void {
    job.document = { format, bytes };
    job.sides = sidesOf(format, bytes, job.ticket.copies);
    job.state = 'pending';
    job.reasons = [];
    this.#goOn();
  }

  cancel(job: SimulatedJob): void {
    this.#end(job, 'canceled', 'job-canceled-by-user');
  }

  /** Stops now, for `reason`, a keyword of printer-state-reasons without its ending. */
  stop(reason: string): void {
    this.#stopped = reason;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const job = this.#running();
    if (job === undefined) return;
    job.state = 'processing-stopped';
    job.reasons = ['printer-stopped'];
  }

  /** Stops before a side of the next job, or before its last where it has fewer. */
  stopBefore(side: number, reason: string): void {
    this.#planned = { side, reason };
  }

  /** Gives the next job up when its first side is due. */
  abortNext(reason: string): void {
    this.#abortNext = reason;
  }

  /** Somebody has seen to it. */
  clear(): void {
    this.#stopped = undefined;
    for (const job of this.jobs) {
      if (job.state !== 'processing-stopped') continue;
      job.state = 'processing';
      job.reasons = ['job-printing'];
    }
    this.#goOn();
  }

  /** Everything is forgotten, and no timer runs. */
  powerOff(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.jobs.length = 0;
    this.#stopped = undefined;
  }

  #running(): SimulatedJob | undefined {
    return this.jobs.find(({ state }) => state === 'processing' || state === 'processing-stopped');
  }

  #goOn(): void {
    if (this.#timer !== undefined || this.#stopped !== undefined) return;
    const job = this.#running() ?? this.jobs.find(({ state }) => state === 'pending');
    if (job === undefined) return;
    if (job.state === 'pending') {
      job.state = 'processing';
      job.reasons = ['job-printing'];
      job.startedAtMs = this.#options.now();
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#side(job);
    }, this.#options.paceMs);
  }

  #side(job: SimulatedJob): void {
    if (this.#abortNext !== undefined) {
      const reason = this.#abortNext;
      this.#abortNext = undefined;
      this.#end(job, 'aborted', reason);
      return;
    }
    const planned = this.#planned;
    if (planned !== undefined && job.printed + 1 >= Math.min(planned.side, job.sides)) {
      this.#planned = undefined;
      this.stop(planned.reason);
      return;
    }
    job.printed += 1;
    if (job.printed >= job.sides) this.#end(job, 'completed', 'job-completed-successfully');
    else {
      this.#options.changed(job);
      this.#goOn();
    }
  }

  #end(job: SimulatedJob, state: 'completed' | 'canceled' | 'aborted', reason: string): void {
    if (isEnded(job)) return;
    const ran = job === this.#running();
    job.state = state;
    job.reasons = [reason];
    job.endedAtMs = this.#options.now();
    if (ran) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    this.#options.changed(job);
    this.#goOn();
  }
}
