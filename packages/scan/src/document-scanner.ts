import { defineKind, type Device } from '@buergerkoffer/core';
import type { GreyImage, RgbImage } from '@buergerkoffer/formats';

/** Where the paper lies: on the glass, or in the automatic document feeder. */
export type ScanSource = 'platen' | 'adf';

/** How colour is stored, by the names of eSCL: 1 bit, 8 or 16 bits of grey, 8 or 16 bits per colour. */
export type ColorMode = 'BlackAndWhite1' | 'Grayscale8' | 'Grayscale16' | 'RGB24' | 'RGB48';

/** What a scanner can do; plain data, reading it asks the device nothing. */
export interface ScannerCapabilities {
  /** At least one. */
  readonly sources: readonly ScanSource[];
  /** Whether the feeder scans both sides. */
  readonly duplex: boolean;
  /** The resolutions it has, ascending, in pixels per inch. */
  readonly resolutionsPpi: readonly number[];
  readonly colorModes: readonly ColorMode[];
  /** Size of the largest page, in millimetres. */
  readonly maxWidthMm: number;
  readonly maxHeightMm: number;
}

/** A rectangle on the page, from its top left corner, in millimetres. */
export interface ScanArea {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** What `scan` is asked to do; checked against the capabilities before the device is asked. */
export interface ScanSettings {
  readonly source: ScanSource;
  readonly resolutionPpi: number;
  readonly colorMode: ColorMode;
  /** Both sides; only with the feeder, only where the scanner can. Default false. */
  readonly duplex?: boolean;
  /** Default: the whole page. */
  readonly area?: ScanArea;
  /** How long to wait for each item, also for a hand at the device, in milliseconds, 1 to 3,600,000; then `timeout`. Default 120,000. */
  readonly patienceMs?: number;
}

/** What is on a page: pixels, or a file as the scanner made it. */
export type PageContent =
  | { readonly form: 'pixels'; readonly image: GreyImage | RgbImage }
  | {
      readonly form: 'file';
      readonly mediaType: 'image/jpeg' | 'image/png' | 'image/tiff';
      readonly bytes: Uint8Array;
    };

/** One complete page; a page that was torn off in the middle is never delivered. */
export interface ScannedPage {
  /** From 1, without gaps, within one scan; in duplex the front is odd. */
  readonly number: number;
  /** What the scanner delivered, which a few models do not keep equal to what was asked for. */
  readonly resolutionPpi: number;
  readonly content: PageContent;
}

/** What needs a hand: the words of eSCL AdfState and SANE status. `empty`: no paper in the feeder. */
export type ScanAttention = 'jam' | 'cover-open' | 'empty' | 'multi-feed' | 'locked';

/** What comes out of a scan. After `attention` the scan goes on by itself once somebody has helped. */
export type ScanItem =
  | { readonly type: 'page'; readonly page: ScannedPage }
  | { readonly type: 'attention'; readonly reason: ScanAttention };

/** How the scanner is, by eSCL pwg:State and scan:AdfState. */
export interface ScannerStatus {
  readonly state: 'idle' | 'processing' | 'stopped';
  /** Absent where there is no feeder. */
  readonly adf?: 'loaded' | 'empty' | 'processing' | 'jam' | 'cover-open';
}

/** A document scanner: glass, feeder, or both. One scan at a time; a second one is `busy`. */
export interface DocumentScanner extends Device {
  readonly capabilities: ScannerCapabilities;
  /** How it is now, also while it scans. Rejects with `timeout` after 10 seconds without an answer. */
  status(signal?: AbortSignal): Promise<ScannerStatus>;
  /**
   * The pages, one by one: the next page is asked for when it is pulled, and nothing starts before the first pull.
   * The glass gives one page, the feeder all that lie in it. Leaving the loop, or aborting, cancels the job and
   * releases the device; an abort rejects with `signal.reason`.
   *
   * Fails with `invalid-request` for settings outside the capabilities, before the device is asked.
   */
  scan(settings: ScanSettings, signal?: AbortSignal): AsyncIterable<ScanItem>;
}

/** The kind `document-scanner`: what apps ask the device manager for. */
export const DOCUMENT_SCANNER = defineKind<DocumentScanner>('document-scanner', 'Dokumentenscanner', {
  status: 'call',
  scan: 'iterate',
});
