import { distanceOf, eyeCentres } from '../photo/eye-centres.js';
import type { LocatedFace } from '../landmarks/face-locator.js';
import type { GuidanceStatus, ObservedFrame } from './observed-frame.js';

/** How bad something is: more than 1 is to be said, and it stays said until less than `release`. */
export interface Severity {
  readonly status: GuidanceStatus;
  readonly value: number;
  readonly release: number;
}

/** The crop of the ID photo (BSI TR-03121-3 Vol. 2 v6.0, 5.3.1): size, least distance of the eyes in pixels. */
const CROP = { width: 1244, height: 1600, eyes: 300 } as const;
/** Share of the head in the crop's height: as it should be, least and largest (PAuswV Anhang 3, adults). */
const HEAD_IN_CROP = { wanted: 0.75, least: 0.7, largest: 0.8 } as const;
/** Place of the eyes in the crop's height, within criterion 5.5. */
const EYES_FROM_TOP = 0.43;
/** Nobody is asked nearer than this share of what is too near. */
const NEAR_ENOUGH = 0.9;
/** Share of the head in the frame's height, where nobody says how large the photo will be. */
const LEAST_HEAD_IN_FRAME = 0.4;

/** Angles from which on somebody does not look straight, in degrees; that of the roll is criterion 1.3. */
const YAW_DEG = 12;
const PITCH_DEG = 15;
const ROLL_DEG = 8;
/** Gaps as shares of the distance from the eyes to the chin. */
const OPEN_LIDS = 0.03;
const CLOSED_LIPS = 0.06;
/** Speed of the eyes, in eye distances a second. */
const STILL = 0.5;
/** Longer ago than this, the last frame says nothing about speed. */
const LAST_FRAME_MS = 500;

/** All that can be wrong with one face, the most important first. */
export function severities(
  frame: ObservedFrame,
  face: LocatedFace,
  last: { readonly face: LocatedFace; readonly atMs: number } | undefined,
  still: { readonly widthPx: number; readonly heightPx: number } | undefined,
): readonly Severity[] {
  const { points, pose } = face;
  const eyes = eyeCentres(points);
  const toChin = distanceOf(eyes.middle, points.chin);
  const head = points.crown === undefined ? 2 * toChin : distanceOf(points.crown, points.chin);
  const fullHeight = Math.min(frame.heightPx, (frame.widthPx * CROP.height) / CROP.width);
  const share = Math.min(HEAD_IN_CROP.largest, Math.max(HEAD_IN_CROP.wanted, head / fullHeight));
  const crop = cropAround(eyes.middle.x, eyes.middle.y, head / share);
  // Where the crop is larger than the frame both sides stick out: who moves evens them out at best.
  const across = offMiddle(-crop.left, crop.left + crop.width - frame.widthPx) / (0.03 * crop.width);
  const down = offMiddle(-crop.top, crop.top + crop.height - frame.heightPx) / (0.03 * crop.height);
  const tooFar =
    still === undefined
      ? (LEAST_HEAD_IN_FRAME * frame.heightPx) / head
      : tooFewPixels(head, distanceOf(eyes.right, eyes.left), still.heightPx / frame.heightPx);
  const largestHead = HEAD_IN_CROP.largest * fullHeight;
  return [
    { status: 'StepBack', value: head / largestHead, release: 0.95 },
    // With a camera of too few pixels there is no place that is near enough and not too near.
    { status: 'StepForward', value: Math.min(tooFar, (NEAR_ENOUGH * largestHead) / head), release: 0.95 },
    { status: 'StepLeft', value: across, release: 0 },
    { status: 'StepRight', value: -across, release: 0 },
    { status: 'MoveDown', value: down, release: 0 },
    { status: 'MoveUp', value: -down, release: 0 },
    {
      status: 'LookStraight',
      value: Math.max(
        Math.abs(pose.yawDeg) / YAW_DEG,
        Math.abs(pose.pitchDeg) / PITCH_DEG,
        Math.abs(pose.rollDeg) / ROLL_DEG,
      ),
      release: 0.8,
    },
    { status: 'OpenEyes', value: OPEN_LIDS / (lidGap(face) / toChin), release: 0.8 },
    { status: 'CloseMouth', value: lipGap(face) / toChin / CLOSED_LIPS, release: 0.8 },
    { status: 'StandStill', value: speedOf(frame, face, last) / STILL, release: 0.6 },
  ];
}

/** How far something sticks out on one side more than on the other: above 0 on the first, below on the second. */
function offMiddle(first: number, second: number): number {
  return Math.max(0, first) - Math.max(0, second);
}

/** How far the photo would have to be enlarged, at `scale` pixels of the photo for one of the frame. */
function tooFewPixels(head: number, eyes: number, scale: number): number {
  return Math.max((CROP.height * HEAD_IN_CROP.least) / (head * scale), CROP.eyes / (eyes * scale));
}

/** Where the crop of the photo would lie, in pixels of the frame. */
function cropAround(
  x: number,
  y: number,
  height: number,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const width = (height * CROP.width) / CROP.height;
  return { left: x - width / 2, top: y - height * EYES_FROM_TOP, width, height };
}

/** The smaller gap between the lids; without points of the lids the eyes count as open. */
function lidGap({ points }: LocatedFace): number {
  const { rightUpperLid, rightLowerLid, leftUpperLid, leftLowerLid } = points;
  if (rightUpperLid === undefined || rightLowerLid === undefined) return Number.POSITIVE_INFINITY;
  if (leftUpperLid === undefined || leftLowerLid === undefined) return Number.POSITIVE_INFINITY;
  return Math.min(distanceOf(rightUpperLid, rightLowerLid), distanceOf(leftUpperLid, leftLowerLid));
}

function lipGap({ points }: LocatedFace): number {
  const { upperLip, lowerLip } = points;
  return upperLip === undefined || lowerLip === undefined ? 0 : distanceOf(upperLip, lowerLip);
}

/** Eye distances a second since the last frame; 0 when that is too long ago. */
function speedOf(
  frame: ObservedFrame,
  face: LocatedFace,
  last: { readonly face: LocatedFace; readonly atMs: number } | undefined,
): number {
  const elapsedMs = last === undefined ? 0 : frame.atMs - last.atMs;
  if (last === undefined || elapsedMs <= 0 || elapsedMs > LAST_FRAME_MS) return 0;
  const now = eyeCentres(face.points);
  const way = distanceOf(eyeCentres(last.face.points).middle, now.middle);
  return way / distanceOf(now.right, now.left) / (elapsedMs / 1000);
}
