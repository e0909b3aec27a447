import { CROP_ASPECT } from './crop-frame.js';
import type { PhotoTemplate } from './template.js';

/** What a line of a template means. */
export type TemplateRole =
  | 'head-target'
  | 'head-smallest'
  | 'head-largest'
  | 'eyes-highest'
  | 'eyes-lowest'
  | 'eyes-target'
  | 'middle';

/** A line of a template: places are shares of the picture's width (x) and height (y), lengths too. */
export type TemplateShape =
  | {
      readonly type: 'ellipse';
      readonly role: TemplateRole;
      readonly x: number;
      readonly y: number;
      readonly rx: number;
      readonly ry: number;
    }
  | {
      readonly type: 'line';
      readonly role: TemplateRole;
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
    };

/** Width of a head without ears by its height from chin to crown; a guide for the eye, no criterion. */
const HEAD_ASPECT = 0.72;

/** Heads lie with the eyes in their middle. */
const EYES_AT = 0.5;

/**
 * The lines of a template: heads of the smallest, the largest and the wanted size, where the eyes may lie, and the
 * middle.
 */
export function templateShapes(template: PhotoTemplate): readonly TemplateShape[] {
  const { headHeight, eyes, middle, target } = template;
  const head = (role: TemplateRole, height: number): TemplateShape => ({
    type: 'ellipse',
    role,
    x: target.middle,
    y: target.eyes + (0.5 - EYES_AT) * height,
    rx: (HEAD_ASPECT * height) / 2 / CROP_ASPECT,
    ry: height / 2,
  });
  const across = (role: TemplateRole, y: number): TemplateShape => ({
    type: 'line',
    role,
    x1: 0,
    y1: y,
    x2: 1,
    y2: y,
  });
  const down = (x: number): TemplateShape => ({ type: 'line', role: 'middle', x1: x, y1: 0, x2: x, y2: 1 });
  return [
    head('head-smallest', headHeight.from),
    head('head-largest', headHeight.to),
    head('head-target', target.headHeight),
    across('eyes-highest', eyes.from),
    across('eyes-target', target.eyes),
    across('eyes-lowest', eyes.to),
    down(middle.from),
    down(middle.to),
  ];
}

/** Whether a line shows what is wanted, rather than a bound. */
export function isTarget(role: TemplateRole): boolean {
  return role === 'head-target' || role === 'eyes-target';
}
