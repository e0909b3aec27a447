import type { Point } from '../photo/face-points.js';
import { DETECTOR_SIDE, type DetectorOutput } from './face-networks.js';

/** A face as the detector sees it, in pixels of its input. */
export interface Detection {
  /** 0 to 1. */
  readonly score: number;
  readonly centre: Point;
  readonly width: number;
  readonly height: number;
  /** The person's own right and left eye. */
  readonly rightEye: Point;
  readonly leftEye: Point;
}

/** Values of one row of boxes: centre, size, and six points. */
const ROW = 16;
/** Boxes that share more than this of their union show the same face. */
const SAME_FACE = 0.3;
/** Anchors of BlazeFace's back camera model: two in each cell of 16 pixels, six in each cell of 32. */
const GRIDS = [
  { cell: 16, anchors: 2 },
  { cell: 32, anchors: 6 },
] as const;

const ANCHORS: readonly Point[] = GRIDS.flatMap(({ cell, anchors }) => {
  const cells = DETECTOR_SIDE / cell;
  return Array.from({ length: cells * cells * anchors }, (_, index) => {
    const place = Math.floor(index / anchors);
    return { x: ((place % cells) + 0.5) * cell, y: (Math.floor(place / cells) + 0.5) * cell };
  });
});

/**
 * The faces that score at least `minScore` (0 to 1), the best first: boxes of the same face become one, their mean weighted by score
 * (Bazarevsky et al., BlazeFace, 2019).
 */
export function detectionsIn(output: DetectorOutput, minScore: number): readonly Detection[] {
  const minLogit = Math.log(minScore / (1 - minScore));
  let left = ANCHORS.flatMap((anchor, index) => {
    const logit = output.logits[index] ?? Number.NEGATIVE_INFINITY;
    return logit >= minLogit
      ? [detectionAt(output.boxes, index * ROW, anchor, 1 / (1 + Math.exp(-logit)))]
      : [];
  }).sort((a, b) => b.score - a.score);
  const faces: Detection[] = [];
  for (let best = left[0]; best !== undefined; best = left[0]) {
    const top = best;
    faces.push(meanOf(left.filter((other) => shared(top, other) > SAME_FACE)));
    left = left.filter((other) => shared(top, other) <= SAME_FACE);
  }
  return faces;
}

/** The share of two boxes' union that both cover (intersection over union), 0 to 1. */
export function shared(a: Box, b: Box): number {
  const width = overlap(a.centre.x, a.width, b.centre.x, b.width);
  const height = overlap(a.centre.y, a.height, b.centre.y, b.height);
  const both = width * height;
  const union = a.width * a.height + b.width * b.height - both;
  return union > 0 ? both / union : 1;
}

/** A box by its middle and size. */
export type Box = Pick<Detection, 'centre' | 'width' | 'height'>;

function overlap(centreA: number, sizeA: number, centreB: number, sizeB: number): number {
  const from = Math.max(centreA - sizeA / 2, centreB - sizeB / 2);
  const to = Math.min(centreA + sizeA / 2, centreB + sizeB / 2);
  return Math.max(0, to - from);
}

function detectionAt(boxes: Float32Array, at: number, anchor: Point, score: number): Detection {
  const point = (offset: number): Point => ({
    x: anchor.x + (boxes[at + offset] ?? 0),
    y: anchor.y + (boxes[at + offset + 1] ?? 0),
  });
  return {
    score,
    centre: point(0),
    width: Math.max(0, boxes[at + 2] ?? 0),
    height: Math.max(0, boxes[at + 3] ?? 0),
    rightEye: point(4),
    leftEye: point(6),
  };
}

function meanOf(group: readonly Detection[]): Detection {
  const total = group.reduce((sum, { score }) => sum + score, 0);
  const mean = (value: (detection: Detection) => number): number =>
    group.reduce((sum, detection) => sum + value(detection) * detection.score, 0) / total;
  return {
    score: Math.max(...group.map(({ score }) => score)),
    centre: { x: mean(({ centre }) => centre.x), y: mean(({ centre }) => centre.y) },
    width: mean(({ width }) => width),
    height: mean(({ height }) => height),
    rightEye: { x: mean(({ rightEye }) => rightEye.x), y: mean(({ rightEye }) => rightEye.y) },
    leftEye: { x: mean(({ leftEye }) => leftEye.x), y: mean(({ leftEye }) => leftEye.y) },
  };
}
