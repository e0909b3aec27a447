import { defineKind, type Device } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { AttentionReason, StateReason } from './ipp/state-reasons.js';

/** IPP keywords of `sides`: certified copies are printed `one-sided` only. */
export type Sides = 'one-sided' | 'two-sided-long-edge' | 'two-sided-short-edge';

/** IPP keywords of `print-color-mode`. */
export type ColorMode = 'auto' | 'color' | 'monochrome';

/** What a printer can do; the names are IPP's. */
export interface PrinterCapabilities {
  /** MIME types such as `application/pdf`. */
  readonly documentFormats: readonly string[];
  readonly color: boolean;
  readonly sides: readonly Sides[];
  /** Self-describing names of PWG 5101.1, such as `iso_a4_210x297mm`. */
  readonly media: readonly string[];
}

/** Something that a printer uses up, or fills. */
export interface Supply {
  readonly type: 'toner' | 'ink' | 'drum' | 'waste' | 'other';
  /** Colour as the printer names it; absent where it has none. */
  readonly color?: string;
  /** 0 to 100, for `waste` how full it is; printers may not know it. */
  readonly levelPercent: number | 'unknown';
}

/** The printer as it stands, whatever is being printed. */
export interface PrinterStatus {
  readonly state: 'idle' | 'processing' | 'stopped';
  readonly acceptingJobs: boolean;
  /** A reason may outlive the job that it arose in: it does not say that this job failed. */
  readonly reasons: readonly StateReason[];
  /** Media that lie in a tray; a printer that does not tell has an empty list. */
  readonly mediaReady: readonly string[];
  readonly supplies: readonly Supply[];
}

/** What is to be printed. It has no name: the SDK makes the job's name, because names end up in logs. */
export interface PrintDocument {
  readonly bytes: Uint8Array;
  /** MIME type, one of the printer's `documentFormats`. */
  readonly mediaType: string;
}

/** How it is to be printed. */
export interface PrintOptions {
  /**
   * Identity of the job, a UUID made by the caller before the first attempt and kept until the paper is in the
   * hand. Printing again with the same one never prints twice: it joins the job that the printer already has.
   */
  readonly jobUuid: string;
  /** 1 to 99. Default 1. */
  readonly copies?: number;
  /** Default `one-sided`, which certified copies need. */
  readonly sides?: Sides;
  /** Default `iso_a4_210x297mm`, always sent: some printers otherwise take letter. */
  readonly media?: string;
  /** Default `auto`. */
  readonly color?: ColorMode;
  /** Longest silence between two events in milliseconds, waiting for a hand included. Default 120 000. */
  readonly patienceMs?: number;
}

/** What happens to a job; pages are printed sides, all copies together. */
export type PrintEvent =
  /** The printer has the whole document; `jobId` is IPP's job-id. */
  | { readonly type: 'queued'; readonly jobId: number }
  /** Page `page`, from 1, has been printed; `of` is unknown where the printer cannot count in advance. */
  | { readonly type: 'printing'; readonly page: number; readonly of: number | 'unknown' }
  /** Somebody must go to the printer; the job goes on by itself afterwards. */
  | { readonly type: 'attention'; readonly reason: AttentionReason }
  | { readonly type: 'done'; readonly pages: number | 'unknown' }
  /** The job was cancelled, at the printer or by an earlier unsubscribing; `pages` had come out by then. */
  | { readonly type: 'canceled'; readonly pages: number | 'unknown' };

/** What became of the jobs of this SDK that lay in a printer. */
export interface ClearedJobs {
  /** They had not ended and will not be printed any more. */
  readonly canceled: number;
  /** They had ended; the printer has deleted them, with their documents. */
  readonly deleted: number;
  /** They had ended, and the printer has no way to delete them: what it keeps of them is its own affair. */
  readonly left: number;
}

/** A printer for documents. */
export interface Printer extends Device {
  readonly capabilities: PrinterCapabilities;
  /** The state of now; also while a job runs. Rejects `timeout` after 5 s, `protocol`, `lost`, `closed`. */
  status(signal?: AbortSignal): Promise<PrinterStatus>;
  /**
   * Prints: `queued` first, completes after `done` or `canceled`. Unsubscribing cancels the job. After an error the job
   * may have been printed all the same: subscribe again with the same `jobUuid` to learn it, its events come from
   * where it stands. Errors: `unsupported` (format, sides, media, colour), `invalid-request` (values, or a `jobUuid` that belongs to another
   * document) before anything is sent, `attention` when no hand came in time, `timeout`, `protocol`, `lost`, `closed`, `busy`.
   */
  print(document: PrintDocument, options: PrintOptions): Observable<PrintEvent>;
  /**
   * For the end of a case: cancels every job of this SDK that has not ended, whichever process sent it, and deletes those that have where
   * the printer can. A job left in a stopped queue is otherwise printed when the printer comes back, at the next address.
   * Rejects `busy` while a job is printed, `timeout`, `protocol`, `lost`, `closed`.
   */
  clearJobs(signal?: AbortSignal): Promise<ClearedJobs>;
}

/** The kind of device that {@link Printer} is. */
export const PRINTER = defineKind<Printer>('printer', 'Drucker', {
  status: 'call',
  print: 'stream',
  clearJobs: 'call',
});
