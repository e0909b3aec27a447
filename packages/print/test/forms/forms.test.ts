import { findLayoutFaults } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { FORM_CASES } from './cases.js';
import { structureFaults } from './structure-faults.js';

const fonts = await loadDejaVu();

/** Rendering beside other tests on a busy machine. */
const PATIENCE = { timeout: 30_000 };

describe.each(FORM_CASES)('$name', PATIENCE, ({ render }) => {
  it('has every object that PDF/A-3a and PDF/UA-1 ask for, and fits its pages: nothing covers anything or leaves the type area', async () => {
    const { bytes, boxes } = await render(fonts);
    expect(structureFaults(bytes)).toEqual([]);
    expect(findLayoutFaults(boxes)).toEqual([]);
  });
});

const LARGEST = FORM_CASES.filter(({ form, variant }) => variant === 'filled' && form.id.endsWith('-antrag'));

describe.each(LARGEST)('$name', PATIENCE, ({ render }) => {
  it('has the same bytes in two runs', async () => {
    const [first, second] = [await render(fonts), await render(fonts)];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it('keeps structure and layout with a watermark', async () => {
    const { bytes, boxes } = await render(fonts, { watermark: 'ENTWURF' });
    expect(structureFaults(bytes)).toEqual([]);
    expect(findLayoutFaults(boxes)).toEqual([]);
  });
});
