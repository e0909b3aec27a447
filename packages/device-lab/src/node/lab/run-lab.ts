import { defaultCacheFolder } from '../guest/cache.js';
import { LabUnavailable } from '../guest/lab-unavailable.js';
import { prepareGuest } from '../guest/prepare-guest.js';
import { ensurePackages } from '../guest/requirements.js';
import type { GuestEnd } from '../guest/run-guest.js';
import { runInGuest } from './guest-round.js';
import { runOnHost } from './host-round.js';
import { prepareHost } from './host.js';
import { readLabFile } from './lab-file.js';
import type { LabFile, LabNeeds } from './lab-needs.js';
import type { LabProgress, LabResult } from './lab-progress.js';
import type { RoundContext } from './round-job.js';
import { roundsOf, roundTitle, type Round } from './rounds.js';
import { Tally } from './tally.js';

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
  /** How long one file may take, in milliseconds. Default 180,000. */
  readonly fileLimitMs?: number;
  /** Default `$XDG_CACHE_HOME/buergerkoffer-lab`. */
  readonly cacheFolder?: string;
  readonly tell?: (progress: LabProgress) => void;
  /** Ends the run; what has not ended by then has failed. */
  readonly signal?: AbortSignal;
}

/**
 * Runs lab files on kernel-real devices: groups them by what they need, prepares what is missing and boots a guest for each
 * group. Resolves with the count, or with the reason why the lab cannot run here; by then nothing of it is left behind.
 * Rejects when a file cannot be read or its needs are wrong.
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

  constructor(options: LabOptions, files: readonly LabFile[], signal: AbortSignal) {
    this.#options = options;
    this.#files = files;
    this.#signal = signal;
    this.#tell = options.tell ?? (() => undefined);
    this.#tally = new Tally(files.map(({ path }) => path));
  }

  async run(): Promise<LabResult> {
    try {
      for (const round of roundsOf(await this.#filesWithPackages())) await this.#round(round);
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

  async #round(round: Round): Promise<void> {
    if (this.#options.where !== 'guest' && (await prepareHost(round, this.#signal))) {
      await this.#follow(round, 'host', (context) => runOnHost(round, context));
      return;
    }
    try {
      const kernel = await prepareGuest({
        udev: round.udev,
        cacheFolder: this.#options.cacheFolder ?? defaultCacheFolder(),
        say: this.#note,
        signal: this.#signal,
      });
      await this.#follow(round, 'guest', (context) => runInGuest(round, kernel, context));
    } catch (error) {
      if (!(error instanceof LabUnavailable)) throw error;
      this.#leaveOut(round.labFiles, error);
    }
  }

  /** Runs a round and counts; each of its files has passed or failed when the machine has ended. */
  async #follow(
    round: Round,
    where: 'guest' | 'host',
    run: (context: RoundContext) => Promise<GuestEnd>,
  ): Promise<void> {
    this.#hasBegun = true;
    const files = round.labFiles.map(({ path }) => path);
    const started = performance.now();
    this.#tell({ type: 'round', where, title: roundTitle(round), files });
    const how = endSentence(
      await run({
        signal: this.#signal,
        fileLimitMs: this.#options.fileLimitMs ?? 180_000,
        tell: (progress) => {
          if (progress.type !== 'console') this.#tally.count(progress);
          this.#tell(progress);
        },
      }),
    );
    for (const event of this.#tally.close(how, files)) this.#tell(event);
    this.#tell({ type: 'round-end', how, ms: Math.round(performance.now() - started) });
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
      return end.status === 0 ? 'ended' : `the runner of the lab files ended with status ${end.status}`;
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
