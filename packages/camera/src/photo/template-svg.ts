import { isTarget, templateShapes, type TemplateShape } from './template-shapes.js';
import type { PhotoTemplate } from './template.js';

/**
 * The template as an SVG picture of this size in pixels, transparent but for its lines, to lay over a preview;
 * classes name the roles.
 */
export function templateSvg(template: PhotoTemplate, widthPx: number, heightPx: number): string {
  const lines = templateShapes(template).map((shape) => elementOf(shape, widthPx, heightPx));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" fill="none" stroke-width="${round(heightPx / 400)}">`,
    ...lines,
    '</svg>',
    '',
  ].join('\n');
}

function elementOf(shape: TemplateShape, width: number, height: number): string {
  const style = isTarget(shape.role)
    ? 'stroke="#00a040"'
    : `stroke="#c06000" stroke-dasharray="${round(height / 80)} ${round(height / 160)}"`;
  if (shape.type === 'line') {
    const [x1, y1, x2, y2] = [shape.x1 * width, shape.y1 * height, shape.x2 * width, shape.y2 * height].map(
      round,
    );
    return `  <line class="${shape.role}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${style}/>`;
  }
  const [x, y, rx, ry] = [shape.x * width, shape.y * height, shape.rx * width, shape.ry * height].map(round);
  return `  <ellipse class="${shape.role}" cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" ${style}/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
