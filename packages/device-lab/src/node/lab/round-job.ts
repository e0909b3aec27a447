import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Job } from '../job/job.js';
import { parseLabEvent, type LabEvent } from './lab-event.js';
import type { LabProgress } from './lab-progress.js';
import type { Round } from './rounds.js';

/** What every round of a run shares. */
export interface RoundContext {
  /** How long one file may take, in milliseconds. */
  readonly fileLimitMs: number;
  readonly tell: (event: LabEvent | Extract<LabProgress, { type: 'console' }>) => void;
  readonly signal: AbortSignal;
}

/** The longest line of the channel that is taken, in characters. */
export const LONGEST_LINE = 262_144;

/** The job of `round` as the JSON of its file. */
export function jobOf(round: Round, { fileLimitMs }: RoundContext): string {
  const job: Job = { files: round.labFiles.map(({ path }) => path), fileLimitMs };
  return JSON.stringify(job);
}

/** The program that runs a job; it belongs to the built package, also when this module is run from source. */
export function jobProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('@buergerkoffer/device-lab/package.json');
  return join(dirname(manifest), 'bin', 'lab-job.js');
}

/** What a lab file can learn of where it runs, as environment variables. */
export function labEnvironment(where: 'guest' | 'host', { udev }: Round): Readonly<Record<string, string>> {
  return { LAB_WHERE: where, LAB_UDEV: udev ? '1' : '0' };
}

/** Takes the lines of the channel; one that is no event is dropped: a lab file wrote to a descriptor that is not its own. */
export function eventsTo(tell: (event: LabEvent) => void): (line: string) => void {
  return (line) => {
    const event = parseLabEvent(line);
    if (event !== undefined) tell(event);
  };
}
