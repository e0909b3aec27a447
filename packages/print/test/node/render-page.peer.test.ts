import { spawnSync } from 'node:child_process';
import { decodePng } from '@buergerkoffer/formats';
import { renderForm } from '@buergerkoffer/print/forms';
import { loadDejaVu, renderPage } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { options } from '../forms/cases.js';
import { KINDS } from '../forms/kinds-form.js';

const pdf = await renderForm(KINDS, KINDS.samples.filled(), options(await loadDejaVu(), { fillable: true }));
const poppler = spawnSync('pdftoppm', ['-v']).error === undefined;
if (!poppler) console.log('skipped: pdftoppm is not installed (Debian package poppler-utils)');

describe.each(poppler ? (['poppler', 'pdfjs'] as const) : (['pdfjs'] as const))(
  'a picture of a page by %s',
  (renderer) => {
    it('has the size of the page and shows what the fields say', async () => {
      const picture = await decodePng(await renderPage(pdf, { renderer, resolutionPpi: 72 }));
      expect([picture.width, picture.height]).toEqual([596, 842]);
      expect(darkShare(picture.data)).toBeGreaterThan(0.005);
    });

    it('is of the page asked for', async () => {
      const [first, second] = [
        await renderPage(pdf, { renderer }),
        await renderPage(pdf, { renderer, page: 2 }),
      ];
      expect(Buffer.compare(first, second)).not.toBe(0);
    });

    it('is refused of a page that is not there, and of what is no PDF', async () => {
      await expect(renderPage(pdf, { renderer, page: 3 })).rejects.toMatchObject({
        code: 'out-of-range',
        path: 'page',
      });
      await expect(renderPage(Uint8Array.of(1, 2, 3), { renderer })).rejects.toMatchObject({
        code: 'malformed',
      });
    });
  },
);

describe('a picture of a page', () => {
  it('has a size that makes sense', async () => {
    await expect(renderPage(pdf, { resolutionPpi: 5000 })).rejects.toMatchObject({ code: 'out-of-range' });
    await expect(renderPage(pdf, { page: 0 })).rejects.toMatchObject({ code: 'out-of-range' });
  });
});

function darkShare(data: Uint8Array): number {
  return data.reduce((dark, value) => dark + (value < 96 ? 1 : 0), 0) / data.length;
}
