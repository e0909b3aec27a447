import { availableParallelism } from 'node:os';
import { defaultCacheFolder } from '../guest/cache.js';
import type { Kernel } from '../guest/kernel.js';
import { LabUnavailable } from '../guest/lab-unavailable.js';
import { prepareGuest } from '../guest/prepare-guest.js';
import { ensurePackages } from '../guest/requirements.js';
import type { GuestEnd } from '../guest/run-guest.js';
import type { RunContext } from './file-job.js';
import { isLabHost, prepareHost } from './host.js';
import { inTurn } from './in-turn.js';
import { runInGuest } from './in-guest.js';
import { readLabFile } from './lab-file.js';
import { needsTitle, type LabFile, type LabNeeds } from './lab-needs.js';
import type { LabProgress, LabResult } from './lab-progress.js';
import { runOnHost } from './on-host.js';
import { Tally } from './tally.js';

/** Guests side by side, where nobody says: each takes up to 2 GiB of memory. */
const MOST_GUESTS = 4;

/** Guests more than there are processors: tests wait as much as they work. */
const WAITING_GUESTS = 2;

/** How a run of the lab is done. */
export interface LabOptions {
  /** Lab files: modules that Node runs as they are. */
  readonly files: readonly string[];
  /** Added to the needs of every file; `udev: false` takes udevd from all. */
  readonly needs?: LabNeeds;
  /** Default `auto`: on this computer where it has vhci-hcd, else in a guest. */
  readonly where?: 'auto' | 'guest';
  /** When the run ends whatever happens, in milliseconds. Default 590,000. */
  readonly limitMs?: number;
  /** How long one file may take, in milliseconds. Default 300,000. */
  readonly fileLimitMs?: number;
  /** How many guests run side by side, at least 1. Default two more than this computer has processors, at most 4. */
  readonly guests?: number;
  /** Default `$XDG_CACHE_HOME/buergerkoffer-lab`. */
  readonly cacheFolder?: string;
  readonly tell?: (progress: LabProgress) => void;
  /** Ends the run; what has not ended by then has failed. */
  readonly signal?: AbortSignal;
}

/**
 * Runs lab files on kernel-real devices: prepares what is missing and boots a guest for each file, some side by side; on a
 * computer that needs no guest, one file after the other. Resolves with the count, or with the reason why the lab cannot
 * run here; by then nothing of it is left behind. Rejects when a file cannot be read or its needs are wrong.
 */
export async function runLab(options: LabOptions): Promise<LabResult> {
  const files = await Promise.all(options.files.map((path) => readLabFile(path, options.needs ?? {})));
  const limitMs = options.limitMs ?? 590_000;
  const limit = new AbortController();
  const timer = setTimeout(() => {
    limit.abort(new Error(`the time allowed, ${Math.round(limitMs / 1_000)} s, is over`));
  }, limitMs);
  const signals = options.signal === undefined ? [] : [options.signal];
  const signal = AbortSignal.any([limit.signal, ...signals]);
  const run = new LabRun(options, files, signal);
  try {
    return await unlessItHangs(run.run(), signal, () => run.result());
  } finally {
    clearTimeout(timer);
  }
}

/** How long the programs that the lab started may take to end when the run is ended, in milliseconds. */
const END_MS = 10_000;

/** What `work` answers; what `instead` answers when it does not end within {@link END_MS} of an abort. */
function unlessItHangs<T>(work: Promise<T>, signal: AbortSignal, instead: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const aborted = (): void => {
      timer = setTimeout(() => {
        resolve(instead());
      }, END_MS);
    };
    signal.addEventListener('abort', aborted, { once: true });
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', aborted);
    });
  });
}

/** One run: its count, and what kept files from running. */
class LabRun {
  readonly #options: LabOptions;
  readonly #files: readonly LabFile[];
  readonly #signal: AbortSignal;
  readonly #tell: (progress: LabProgress) => void;
  readonly #tally: Tally;
  #hasBegun = false;
  #hindrance: LabUnavailable | undefined;
  #kernel: Promise<Kernel> | undefined;
  #onHost: Promise<void> = Promise.resolve();

  constructor(options: LabOptions, files: readonly LabFile[], signal: AbortSignal) {
    this.#options = options;
    this.#files = files;
    this.#signal = signal;
    this.#tell = options.tell ?? (() => undefined);
    this.#tally = new Tally(files.map(({ path }) => path));
  }

  async run(): Promise<LabResult> {
    try {
      if (this.#options.where === 'guest' || !(await isLabHost(this.#signal))) {
        // Beside the packages: to download and unpack a kernel takes as long as they do.
        this.#kernel = this.#prepareGuest();
        // Whoever waits for it hears of it.
        this.#kernel.catch(() => undefined);
      }
      const files = await this.#filesWithPackages();
      const guests = this.#options.guests ?? Math.min(availableParallelism() + WAITING_GUESTS, MOST_GUESTS);
      await inTurn(
        files,
        ({ needs }) => needs,
        { guests, processors: availableParallelism() },
        (file) => this.#file(file),
      );
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    }
    return this.result();
  }

  /** The result as far as the run has come: what has not ended has failed, unless nothing could begin. */
  result(): LabResult {
    if (!this.#hasBegun && this.#signal.aborted) {
      return { type: 'skipped', reason: `while it was prepared, ${textOf(this.#signal.reason)}` };
    }
    if (!this.#hasBegun && this.#hindrance !== undefined) {
      return { type: 'skipped', reason: this.#hindrance.message, remedy: this.#hindrance.remedy };
    }
    for (const event of this.#tally.close(textOf(this.#signal.reason))) this.#tell(event);
    return { type: 'ran', passed: this.#tally.passed, failed: this.#tally.failed };
  }

  /** The files whose Debian packages are there now. */
  async #filesWithPackages(): Promise<readonly LabFile[]> {
    const packages = this.#files.flatMap(({ needs }) => needs.packages);
    const missing = await ensurePackages(packages, this.#note, this.#signal);
    for (const [name, reason] of missing) {
      const without = this.#files.filter(({ needs }) => needs.packages.includes(name));
      this.#leaveOut(without, new LabUnavailable(`package ${name}: ${reason}`, `apt-get install ${name}`));
    }
    return this.#files.filter(({ needs }) => !needs.packages.some((each) => missing.has(each)));
  }

  async #file(file: LabFile): Promise<void> {
    const mayUseHost = this.#options.where !== 'guest';
    if (mayUseHost && (await prepareHost(file.needs, this.#signal))) {
      // One after the other: they share this computer's devices.
      this.#onHost = this.#onHost.then(() =>
        this.#follow(file, 'host', (context) => runOnHost(file, context)),
      );
      await this.#onHost;
      return;
    }
    try {
      const kernel = await (this.#kernel ??= this.#prepareGuest());
      await this.#follow(file, 'guest', (context) => runInGuest(file, kernel, context));
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      this.#leaveOut([file], error);
    }
  }

  /** What all guests have in common. */
  #prepareGuest(): Promise<Kernel> {
    return prepareGuest({
      udev: this.#files.some(({ needs }) => needs.udev),
      cacheFolder: this.#options.cacheFolder ?? defaultCacheFolder(),
      say: this.#note,
      signal: this.#signal,
    });
  }

  /** Runs a file and counts; it has passed or failed when the machine has ended. */
  async #follow(
    { path, needs }: LabFile,
    where: 'guest' | 'host',
    run: (context: RunContext) => Promise<GuestEnd>,
  ): Promise<void> {
    this.#hasBegun = true;
    const started = performance.now();
    this.#tell({ type: 'machine', where, file: path, needs: needsTitle(needs) });
    const how = endSentence(
      await run({
        signal: this.#signal,
        fileLimitMs: this.#options.fileLimitMs ?? 300_000,
        tell: (event) => {
          this.#tally.count(event);
          this.#tell(event);
        },
        console: (text) => {
          this.#tell({ type: 'console', file: path, text });
        },
      }),
    );
    for (const event of this.#tally.close(how, [path])) this.#tell(event);
    this.#tell({ type: 'machine-end', file: path, how, ms: Math.round(performance.now() - started) });
  }

  readonly #note = (text: string): void => {
    this.#tell({ type: 'note', text });
  };

  #leaveOut(labFiles: readonly LabFile[], hindrance: LabUnavailable): void {
    const files = labFiles.map(({ path }) => path);
    this.#hindrance ??= hindrance;
    this.#tally.leaveOut(files);
    this.#tell({ type: 'left-out', files, reason: hindrance.message });
  }
}

function endSentence(end: GuestEnd): string {
  switch (end.how) {
    case 'done':
      return end.status === 0 ? 'ended' : `the runner of the lab file ended with status ${end.status}`;
    case 'not-booted':
      return 'the guest said nothing while booting';
    case 'broken':
      return `the guest ended before its tests: ${end.reason}`;
    default:
      return end satisfies never;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
