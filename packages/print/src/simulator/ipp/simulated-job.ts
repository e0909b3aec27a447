import { pdfPages } from '../../pdf-pages.js';
import type { JobState } from '../../ipp/index.js';

/** What a job was asked to look like. */
export interface JobTicket {
  readonly copies: number;
  readonly sides: string;
  readonly media: string;
}

/** A job in a simulated printer. */
export interface SimulatedJob {
  readonly id: number;
  readonly name: string;
  readonly user: string;
  readonly ticket: JobTicket;
  readonly createdAtMs: number;
  document: { readonly format: string; readonly bytes: Uint8Array } | undefined;
  state: JobState;
  reasons: readonly string[];
  /** Sides that came out. */
  printed: number;
  /** Sides that will come out; 1 for a document whose pages cannot be counted. */
  sides: number;
  startedAtMs: number | undefined;
  endedAtMs: number | undefined;
}

/** The sides that a document takes, all copies together; a broken or unknown one takes a sheet all the same. */
export function sidesOf(format: string, bytes: Uint8Array, copies: number): number {
  if (format !== 'application/pdf') return copies;
  try {
    const pages = pdfPages(bytes);
    return copies * (pages === 'unknown' ? 1 : pages);
  } catch {
    return copies;
  }
}

/** Whether nothing more will come of it. */
export function isEnded({ state }: SimulatedJob): boolean {
  return state === 'completed' || state === 'canceled' || state === 'aborted';
}
