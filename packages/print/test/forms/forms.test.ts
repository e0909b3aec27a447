import { findLayoutFaults } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { FORM_CASES } from './cases.js';
import { structureFaults } from './structure-faults.js';

const fonts = await loadDejaVu();

describe.each(FORM_CASES)('$name', ({ render }) => {
  it('has every object that PDF/A-3a and PDF/UA-1 ask for', async () => {
    expect(structureFaults((await render(fonts)).bytes)).toEqual([]);
  });

  it('fits its pages: nothing covers anything, nothing leaves the type area', async () => {
    expect(findLayoutFaults((await render(fonts)).boxes)).toEqual([]);
  });

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
