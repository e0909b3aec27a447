import { defineKind, type Device } from '@buergerkoffer/core';
import type { GreyImage } from '@buergerkoffer/formats';
import type { Observable } from 'rxjs';
import type { FingerPosition, SlapPosition } from './finger-position.js';
import type { LiveQuality } from './live-quality/live-quality.js';
import type { LiveStatus, RetryReason } from './live-status.js';
import type { PadResult } from './process/pad-result.js';
import type { SlapSegmentation } from './segmentation/slap-segmentation.js';

/** A fingerprint scanner: it shows the way to a good print and delivers its image, unjudged. */
export interface FingerprintScanner extends Device {
  readonly capabilities: FingerprintCapabilities;
  /**
   * Captures one print, or the prints of one slap: cold, ends after `captured`. It begins only when the glass is
   * free of the previous finger. Unsubscribing cancels; a second capture while one runs is `busy`. Errors:
   * `invalid-request` (the message names the argument), `unsupported` (a slap of more fingers than the glass
   * takes), `timeout` (no print within `patienceMs`), `closed`, `lost`, `protocol`.
   */
  capture(request: FingerprintRequest): Observable<FingerprintEvent>;
}

/** The kind under which the manager lists fingerprint scanners. */
export const FINGERPRINT_SCANNER = defineKind<FingerprintScanner>(
  'fingerprint-scanner',
  'Fingerabdruckscanner',
  { capture: 'stream' },
);

/** What a scanner can do; read without I/O. */
export interface FingerprintCapabilities {
  /** Pixels per inch of its images, both ways. */
  readonly resolutionPpi: 500 | 1000;
  /** Width of the glass in pixels: no image is wider. */
  readonly widthPx: number;
  /** Height of the glass in pixels: no image is higher. */
  readonly heightPx: number;
  /** Plain (flat) live prints; rolled ones are not used for German identity documents (TR-03121-3). */
  readonly impression: 'plain';
  /** How many fingers the glass takes at once. */
  readonly simultaneousFingers: 1 | 2 | 4;
  /** Whether it can send pictures while the finger is being placed. */
  readonly preview: boolean;
  /** Whether it takes a picture when it is told to (`captureNow`). Absent: by itself only. */
  readonly manualCapture?: boolean;
}

/** What to capture: one finger by name, or several at once. */
export type FingerprintRequest = FingerRequest | SlapRequest;

/** Asks for the print of one finger. */
export interface FingerRequest extends CaptureTerms {
  readonly finger: FingerPosition;
  readonly slap?: undefined;
}

/** Asks for the prints of fingers laid down together, which a glass of that many `simultaneousFingers` takes. */
export interface SlapRequest extends CaptureTerms {
  readonly slap: SlapPosition;
  readonly finger?: undefined;
}

/** How to capture. */
export interface CaptureTerms {
  /** Asks for `preview` events. Default false; a scanner without previews sends none. */
  readonly previews?: boolean;
  /**
   * Milliseconds from subscribing to `captured`, retries included; then the capture ends with `timeout`. Above 0.
   * Default {@link DEFAULT_CAPTURE_PATIENCE_MS}.
   */
  readonly patienceMs?: number;
  /**
   * Aborted when the operator wants what lies on the glass captured now, whatever the pre-qualification says (HLBS
   * `Capture`). A scanner without `manualCapture` takes no notice.
   */
  readonly captureNow?: AbortSignal;
}

/** Patience of a capture that names none, in milliseconds: hands in a care home need their time. */
export const DEFAULT_CAPTURE_PATIENCE_MS = 60_000;

/** What happens on the glass, in order; the last one is `captured`. */
export type FingerprintEvent =
  | FingerprintWaiting
  /** How to move or hold the finger; `LIVE_STATUS_TEXT` has the German sentence. */
  | { readonly type: 'guidance'; readonly status: LiveStatus }
  | FingerprintPreview
  /** The person has to try again; `RETRY_TEXT` has the German sentence. The capture goes on. */
  | { readonly type: 'retry'; readonly reason: RetryReason }
  | FingerprintCaptured;

/** The glass is free, the scanner looks for the finger or slap; comes first, and again after each `retry`. */
export type FingerprintWaiting =
  | { readonly type: 'waiting'; readonly finger: FingerPosition; readonly slap?: undefined }
  | { readonly type: 'waiting'; readonly slap: SlapPosition; readonly finger?: undefined };

/** What lies on the glass now, often smaller than the final image; only the latest one matters. */
export interface FingerprintPreview {
  readonly type: 'preview';
  readonly image: GreyImage;
  /** What the frame is worth where the driver looked at it; `liveQuality` does so for any frame. */
  readonly quality?: LiveQuality;
}

/** What was captured, of whatever was asked for: `event.slap === undefined` tells one finger from a slap. */
export type FingerprintCaptured = FingerCaptured | SlapCaptured;

/** The print, as the sensor saw it: ridges dark on bright ground, uncompressed. */
export interface FingerCaptured {
  readonly type: 'captured';
  readonly finger: FingerPosition;
  readonly slap?: undefined;
  /** 8-bit grey, at the resolution that the capabilities state, neither cropped nor scaled up. */
  readonly image: GreyImage & { readonly resolutionPpi: number };
  readonly quality: FingerprintQuality;
  /** What the scanner's detection of presentation attacks says; absent where it has none. */
  readonly pad?: PadResult;
}

/** A slap, as the sensor saw it, and the fingertips in it. */
export interface SlapCaptured {
  readonly type: 'captured';
  readonly slap: SlapPosition;
  readonly finger?: undefined;
  /** The whole slap: 8-bit grey, at the resolution that the capabilities state, neither cropped nor scaled up. */
  readonly image: GreyImage & { readonly resolutionPpi: number };
  /** The fingertips by name, or that their number was not the one asked for. */
  readonly segmentation: SlapSegmentation;
  readonly quality: FingerprintQuality;
  /** What the scanner's detection of presentation attacks says of each finger; absent where it has none. */
  readonly pad?: Readonly<Partial<Record<FingerPosition, PadResult>>>;
}

/** What is known about the quality of a print: nothing, until it is assessed by a named algorithm. */
export type FingerprintQuality = 'not-assessed';
