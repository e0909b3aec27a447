import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Job } from '../job/job.js';
import { parseLabEvent, type LabEvent } from './lab-event.js';
import type { LabFile } from './lab-needs.js';

/** How a file is run, and who is told. */
export interface RunContext {
  /** How long it may take, in milliseconds. */
  readonly fileLimitMs: number;
  readonly tell: (event: LabEvent) => void;
  /** Told what the machine writes to its console, in pieces. */
  readonly console: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The longest line of the channel that is taken, in characters. */
export const LONGEST_LINE = 262_144;

/** The job that runs a lab file, as JSON. */
export function jobOf({ path }: LabFile, { fileLimitMs }: RunContext): string {
  const job: Job = { file: path, fileLimitMs };
  return JSON.stringify(job);
}

/** The program that runs a job; it belongs to the built package, also when this module is run from source. */
export function jobProgram(): string {
  const manifest = createRequire(import.meta.url).resolve('@buergerkoffer/device-lab/package.json');
  return join(dirname(manifest), 'bin', 'lab-job.js');
}

/** What a lab file can learn of where it runs, as environment variables. */
export function labEnvironment(
  where: 'guest' | 'host',
  { needs }: LabFile,
): Readonly<Record<string, string>> {
  return { LAB_WHERE: where, LAB_UDEV: needs.udev ? '1' : '0' };
}

/** Takes the lines of the channel; one that is no event is dropped: a lab file wrote to a descriptor that is not its own. */
export function eventsTo(tell: (event: LabEvent) => void): (line: string) => void {
  return (line) => {
    const event = parseLabEvent(line);
    if (event !== undefined) tell(event);
  };
}
