import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceError } from '@buergerkoffer/core';
import { testPages } from '@buergerkoffer/print/simulator';
import { pdfPages } from '../src/pdf-pages.js';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('pdfPages', () => {
  it.each([1, 2, 17])('counts %i pages', (count) => {
    expect(pdfPages(testPages(count))).toBe(count);
  });

  it('counts pages, not page trees, labels or what a stream holds', () => {
    const text =
      '%PDF-1.7\n1 0 obj <</Type/Pages/Count 9>> endobj 2 0 obj <</Type /PageLabel>> endobj\n' +
      '3 0 obj <</Type/Page>> endobj 4 0 obj <<>>\nstream\n9 0 obj /Type /Page\nendstream endobj';
    expect(pdfPages(bytes(text))).toBe(1);
  });

  it('counts a page that an update wrote again once', () => {
    expect(
      pdfPages(bytes('%PDF-1.7\n3 0 obj <</Type/Page>> endobj\n3 0 obj <</Type/Page/Rotate 90>> endobj')),
    ).toBe(1);
  });

  it('does not guess where pages lie in compressed object streams', () => {
    expect(pdfPages(bytes('%PDF-1.7\n3 0 obj <</Type /ObjStm /N 4>>\nstream\nx\nendstream'))).toBe('unknown');
    expect(pdfPages(bytes('%PDF-1.7\n'))).toBe('unknown');
  });

  it('believes plain pages beside object streams when the page tree counts as many', () => {
    const packed = '4 0 obj <</Type /ObjStm /N 4>>\nstream\nx\nendstream endobj';
    const tree = (count: number): string =>
      `%PDF-1.7\n2 0 obj <</Type /Pages /Count ${count}>> endobj 3 0 obj <</Type /Page>> endobj ${packed}`;
    expect(pdfPages(bytes(tree(1)))).toBe(1);
    expect(pdfPages(bytes(tree(2)))).toBe('unknown');
  });

  it('refuses what is no PDF, and ends on any bytes', () => {
    expect(() => pdfPages(bytes('PNG'))).toThrow(DeviceError);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const count = pdfPages(new Uint8Array([...bytes('%PDF-1.7\n'), ...noise]));
        expect(count === 'unknown' || count > 0).toBe(true);
      }),
    );
  });

  it('is linear in a file that only looks like landmarks', () => {
    const started = performance.now();
    expect(pdfPages(bytes(`%PDF-1.7 ${'1 0 obj /Type    1   0 /'.repeat(100_000)}`))).toBe('unknown');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
