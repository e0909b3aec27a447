import type { FaceBox, LocatedFace } from '../landmarks/face-locator.js';
import type { GuidanceStatus, ObservedFrame } from './observed-frame.js';
import { severities, type Severity } from './severities.js';

/** How guidance decides. */
export interface GuidanceSettings {
  /**
   * Upright size of the still photo that shows what the frame shows, for the question whether the photo will have enough
   * pixels; without it the head has to fill 0.4 of the frame's height.
   */
  readonly still?: { readonly widthPx: number; readonly heightPx: number };
  /** How long something must be so before it is said, in milliseconds; default 250. Closed eyes are said after 500: a blink passes. */
  readonly settleMs?: number;
  /** How long all must be well before {@link Guidance.ready}, in milliseconds; default 600, the last `settleMs` without a blink. */
  readonly readyMs?: number;
}

/** What to say, and what is needed to decide about the next frame. */
export interface Guidance {
  readonly status: GuidanceStatus;
  /** All has been well for long enough to take the photo. */
  readonly ready: boolean;
  /** The face that it is about. */
  readonly face?: LocatedFace;
  /** Since when the frames say so. */
  readonly sinceMs: number;
  /** Since when no frame says anything else. */
  readonly calmSinceMs: number;
  /** What the latest frame says, when it is not `status`: it is said if it stays. */
  readonly pending?: { readonly status: GuidanceStatus; readonly sinceMs: number };
  /** Where the face was last, for its speed. */
  readonly last?: { readonly face: LocatedFace; readonly atMs: number };
}

const SETTLE_MS = 250;
/** A blink lasts up to 0.4 seconds. */
const BLINK_MS = 500;
const READY_MS = 600;
/** A second face counts from this share of the first one's area on. */
const SECOND_FACE = 0.1;

/**
 * What to say after `frame`, and `before` it what was said; `undefined` at the first one. Says one thing at a time, the most
 * important: whether there is one face, then how far, where, which way it looks, eyes, mouth, and that it should keep still.
 *
 * Nothing flickers: what is said stays until the fault is clearly gone, and something new must last for
 * `settleMs`. A blink or a short movement delays {@link Guidance.ready} by as much, and no more. Left, right, up and down are the
 * person's own. Pure: the same frames give the same answers.
 */
export function nextGuidance(
  before: Guidance | undefined,
  frame: ObservedFrame,
  settings: GuidanceSettings = {},
): Guidance {
  const status = statusOf(before, frame, settings);
  const [face] = frame.faces;
  const known = face === undefined ? {} : { face, last: { face, atMs: frame.atMs } };
  const { atMs } = frame;
  const settleMs = settings.settleMs ?? SETTLE_MS;
  const anew = { status, ready: false, sinceMs: atMs, calmSinceMs: atMs, ...known };
  if (before === undefined) return anew;
  if (status === before.status) {
    const calmSinceMs = before.pending === undefined ? before.calmSinceMs : atMs;
    const readyMs = settings.readyMs ?? READY_MS;
    const isLong = atMs - before.sinceMs >= readyMs && atMs - calmSinceMs >= Math.min(settleMs, readyMs);
    return {
      status,
      ready: status === 'FaceRecognized' && isLong,
      sinceMs: before.sinceMs,
      calmSinceMs,
      ...known,
    };
  }
  const sinceMs = before.pending?.status === status ? before.pending.sinceMs : atMs;
  if (atMs - sinceMs >= (status === 'OpenEyes' ? Math.max(settleMs, BLINK_MS) : settleMs)) return anew;
  return {
    ...{ status: before.status, ready: false, sinceMs: before.sinceMs, calmSinceMs: before.calmSinceMs },
    pending: { status, sinceMs },
    ...known,
  };
}

/** All that is wrong on one frame, or on a photo, the most important first; nothing when all is well. */
export function faultsOn(frame: ObservedFrame, settings: GuidanceSettings = {}): readonly GuidanceStatus[] {
  return faultsAfter(undefined, frame, settings);
}

function statusOf(
  before: Guidance | undefined,
  frame: ObservedFrame,
  settings: GuidanceSettings,
): GuidanceStatus {
  const [first] = faultsAfter(before, frame, settings);
  return first ?? 'FaceRecognized';
}

function faultsAfter(
  before: Guidance | undefined,
  frame: ObservedFrame,
  settings: GuidanceSettings,
): readonly GuidanceStatus[] {
  const [face] = frame.faces;
  if (face === undefined) return ['SearchingFace'];
  const faults = severities(frame, face, before?.last, settings.still)
    .filter((severity) => isFault(severity, before))
    .map(({ status }) => status);
  return hasSecondFace(frame.faces) ? ['MultipleFaces', ...faults] : faults;
}

/** Whether a second person is on the picture, and not only somebody far behind; the largest face comes first. */
export function hasSecondFace([face, second]: readonly LocatedFace[]): boolean {
  return face !== undefined && second !== undefined && area(second.box) > SECOND_FACE * area(face.box);
}

/** A fault that is being said, or about to be, lasts until it is clearly gone. */
function isFault({ status, value, release }: Severity, before: Guidance | undefined): boolean {
  const isTold = before?.status === status || before?.pending?.status === status;
  return value > (isTold ? release : 1);
}

function area({ width, height }: FaceBox): number {
  return width * height;
}
