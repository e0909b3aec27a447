import { defineKind, type Device } from '@buergerkoffer/core';
import type { Observable } from 'rxjs';
import type { PenSample, Signature } from './model/pen-sample.js';
import type { SignRetryReason } from './sign-retry.js';

/** A signature pad: it follows the pen until the person confirms the signature or declines to sign. */
export interface SignaturePad extends Device {
  readonly capabilities: SignaturePadCapabilities;
  /**
   * Takes one signature: cold, ends after `confirmed` or `declined`. Unsubscribing cancels and clears the
   * display; a second signing while one runs is `busy`. Errors: `invalid-request` (the message names the
   * argument), `timeout` (neither confirmed nor declined within `patienceMs`), `closed`, `lost`, `protocol`.
   */
  sign(request?: SignRequest): Observable<SignEvent>;
}

/** The kind under which the manager lists signature pads. */
export const SIGNATURE_PAD = defineKind<SignaturePad>('signature-pad', 'Unterschriftenpad', {
  sign: 'stream',
});

/** What a pad can do; read without I/O. */
export interface SignaturePadCapabilities {
  /** Size of the writing area, in millimetres. */
  readonly widthMm: number;
  readonly heightMm: number;
  /** Largest coordinates of its own grid: `maxX / widthMm` steps per millimetre. */
  readonly maxX: number;
  readonly maxY: number;
  /** How many steps of pressure it tells apart; 1 when it only knows up and down. */
  readonly pressureLevels: number;
  /** Samples per second while the pen is near. */
  readonly samplesPerSecond: number;
  readonly display: PadDisplay;
}

/** What the person sees under the pen. */
export type PadDisplay =
  | { readonly type: 'none' }
  | { readonly type: 'monochrome' | 'colour'; readonly widthPx: number; readonly heightPx: number };

/** How to ask for a signature. */
export interface SignRequest {
  /** What the display says above the line, in German. A pad without a display shows nothing. */
  readonly prompt?: string;
  /**
   * Milliseconds from subscribing to `confirmed` or `declined`, repetitions included; then the signing ends with
   * `timeout`. Above 0. Default {@link DEFAULT_SIGN_PATIENCE_MS}.
   */
  readonly patienceMs?: number;
}

/** Patience of a signing that names none, in milliseconds. */
export const DEFAULT_SIGN_PATIENCE_MS = 120_000;

/** What happens on the pad, in order; the last one is `confirmed` or `declined`. */
export type SignEvent =
  /** The pad is empty and waits for the pen; comes first, and again after each `cleared` and `retry`. */
  | { readonly type: 'ready' }
  /** The pen's latest samples, at least one, pen lifts included; times count from `ready`. */
  | { readonly type: 'strokes'; readonly samples: readonly PenSample[] }
  /** The person wiped the pad to begin anew: the samples since `ready` are void. */
  | { readonly type: 'cleared' }
  /** The person has to write again; `SIGN_RETRY_TEXT` has the German sentence. The samples since `ready` are void. */
  | { readonly type: 'retry'; readonly reason: SignRetryReason }
  /** The signature that the person agrees to: all samples since the last `ready`. */
  | { readonly type: 'confirmed'; readonly signature: Signature }
  /** The person does not want to sign. */
  | { readonly type: 'declined' };
