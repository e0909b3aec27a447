import { rgbImage } from '@buergerkoffer/formats';
import { describe, expect, it, vi } from 'vitest';
import {
  drawTemplate,
  photoTemplate,
  templateForAge,
  templateShapes,
  templateSvg,
} from '../../src/photo/index.js';

vi.setConfig({ testTimeout: 60_000 });

const NAMES = ['adult', 'child', 'infant'] as const;

describe('a template', () => {
  it('is that of the age', () => {
    expect([0, 5, 6, 9, 10, 80].map((age) => templateForAge(age).name)).toEqual([
      ...(['infant', 'infant', 'child', 'child', 'adult', 'adult'] as const),
    ]);
  });

  it('counts in millimetres of a print of 45', () => {
    const { headHeight, headHeightLimits } = photoTemplate('adult');
    expect([headHeight.from, headHeight.to].map((share) => share * 45)).toEqual([32, 36]);
    expect(headHeightLimits?.from).toBeCloseTo(0.6);
    expect(photoTemplate('infant').headHeightLimits).toBeUndefined();
  });

  it.each(NAMES)('aims inside its own bounds and leaves the eyes 300 pixels apart: %s', (name) => {
    const { target, headHeight, eyes } = photoTemplate(name);
    expect(target.headHeight >= headHeight.from && target.headHeight <= headHeight.to).toBe(true);
    expect(target.eyes >= eyes.from && target.eyes <= eyes.to).toBe(true);
    // A head whose height is 3.8 times its eye distance.
    expect((target.headHeight * 1600) / 3.8).toBeGreaterThan(300);
  });

  it.each(NAMES)('is drawn as SVG with every line of it: %s', (name) => {
    const template = photoTemplate(name);
    const svg = templateSvg(template, 622, 800);
    expect(svg).toContain('viewBox="0 0 622 800"');
    for (const { role } of templateShapes(template)) expect(svg).toContain(`class="${role}"`);
    expect(svg.match(/<(ellipse|line) /g)).toHaveLength(templateShapes(template).length);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('is drawn on a copy of the picture, the eyes where they should be', () => {
    const image = rgbImage({ width: 311, height: 400 });
    const drawn = drawTemplate(image, photoTemplate('adult'));
    expect(image.data.some((value) => value > 0)).toBe(false);
    const row = Math.round(photoTemplate('adult').target.eyes * 400);
    const line = drawn.data.subarray(3 * row * 311, 3 * (row + 1) * 311);
    expect(line.filter((value, at) => at % 3 === 1 && value === 160).length).toBeGreaterThan(250);
  });
});
