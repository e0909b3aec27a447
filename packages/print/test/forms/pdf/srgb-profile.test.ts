import { describe, expect, it } from 'vitest';
import { srgbProfile } from '../../../src/forms/pdf/srgb-profile.js';

const profile = srgbProfile();
const view = new DataView(profile.buffer);
const signature = (at: number): string => Buffer.from(profile.subarray(at, at + 4)).toString('latin1');

function tag(name: string): number {
  for (let entry = 132; entry < 132 + view.getUint32(128) * 12; entry += 12) {
    if (signature(entry) === name) return view.getUint32(entry + 4);
  }
  throw new Error(`no tag ${name}`);
}

function xyz(name: string): number[] {
  return [8, 12, 16].map((at) => view.getInt32(tag(name) + at) / 65_536);
}

describe('the colour profile', () => {
  it('is that of a display in RGB, of version 4.2, as long as it says', () => {
    expect([12, 16, 20, 36].map(signature)).toEqual(['mntr', 'RGB ', 'XYZ ', 'acsp']);
    expect([view.getUint32(0), view.getUint32(8)]).toEqual([profile.length, 0x0420_0000]);
  });

  it('keeps each tag inside the file, on four bytes', () => {
    for (let entry = 132; entry < 132 + view.getUint32(128) * 12; entry += 12) {
      const [offset, length] = [view.getUint32(entry + 4), view.getUint32(entry + 8)];
      expect([offset % 4, offset + length <= profile.length]).toEqual([0, true]);
    }
  });

  it('makes white of its three primaries', () => {
    const sum = ['rXYZ', 'gXYZ', 'bXYZ'].map(xyz);
    for (const [index, white] of xyz('wtpt').entries()) {
      expect(sum.reduce((total, primary) => total + (primary[index] ?? 0), 0)).toBeCloseTo(white, 3);
    }
  });

  it('has a curve without a step where its two parts meet', () => {
    const [g = 0, a = 0, b = 0, c = 0, d = 0] = [12, 16, 20, 24, 28].map(
      (at) => view.getInt32(tag('gTRC') + at) / 65_536,
    );
    expect((a * d + b) ** g).toBeCloseTo(c * d, 4);
    expect((a + b) ** g).toBeCloseTo(1, 4);
  });
});
