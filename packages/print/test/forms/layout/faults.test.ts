import { findLayoutFaults, type LayoutBox } from '@buergerkoffer/print/forms';
import { describe, expect, it } from 'vitest';

const BOX: LayoutBox = { kind: 'text', page: 0, path: 'a', x: 100, y: 100, width: 50, height: 10 };

describe('findLayoutFaults', () => {
  it('accepts boxes side by side', () => {
    expect(findLayoutFaults([BOX, { ...BOX, x: 150 }, { ...BOX, y: 110 }, { ...BOX, page: 1 }])).toEqual([]);
  });

  it('names both paths of an overlap', () => {
    expect(findLayoutFaults([BOX, { ...BOX, path: 'b', x: 140, y: 105 }])).toEqual([
      { type: 'overlap', page: 0, paths: ['a', 'b'] },
    ]);
  });

  it.each([
    ['left', { x: 60 }],
    ['right', { x: 520 }],
    ['top', { y: 20 }],
    ['bottom', { y: 830 }],
  ])('finds a box that leaves the type area on the %s', (_, place) => {
    expect(findLayoutFaults([{ ...BOX, ...place }])).toEqual([{ type: 'outside', page: 0, paths: ['a'] }]);
  });
});
