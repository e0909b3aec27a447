import { layoutForm, type Block, type FormDefinition, type LayoutBox } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { options } from '../cases.js';

const fonts = await loadDejaVu();
const LINES = 'Ein Satz, der so lang ist, dass er auf dem Blatt mehr als eine Zeile braucht. '
  .repeat(4)
  .trim();
const HEADING: Block = { type: 'heading', level: 'section', text: 'Überschrift' };
const TALL_ROW: Block = {
  type: 'fields',
  summary: 'Hohe Zeile',
  rows: [[{ type: 'field', name: 'tall', label: 'Hoch', columns: 3, value: LINES, maxLines: 40 }]],
};

/** Boxes of a paper on which so many lines stand above these blocks. */
async function below(lines: number, blocks: readonly Block[]): Promise<readonly LayoutBox[]> {
  const filler = Array.from({ length: lines }, (): Block => ({ type: 'paragraph', size: 'body', text: 'x' }));
  const form: FormDefinition<object> = {
    id: 'umbruch',
    title: 'Umbruch',
    legalBasis: '–',
    validFrom: '2026-01-01',
    schema: z.object({}),
    notices: [],
    signatureLines: [],
    retention: '–',
    audience: 'authority',
    blank: true,
    samples: { empty: () => ({}), filled: () => ({}), longest: () => ({}), latin: () => ({}) },
    layout: () => [...filler, ...blocks],
  };
  const { boxes } = await layoutForm(form, {}, options(fonts));
  return boxes.filter(({ path }) => !path.startsWith('footer') && path !== 'running-head');
}

/** How many lines of a path stand on each of its pages. */
function linesByPage(boxes: readonly LayoutBox[], path: string): readonly number[] {
  const pages = boxes.filter((box) => box.path === path).map(({ page }) => page);
  return [...new Set(pages)].map((page) => pages.filter((each) => each === page).length);
}

/** So many lines above that what follows lands on either side of the end of a page. */
const DEPTHS = Array.from({ length: 16 }, (_, index) => 24 + index);

describe.each(DEPTHS)('below %i lines', (depth) => {
  it('a heading stands on the page of the row below it', async () => {
    const boxes = await below(depth, [HEADING, TALL_ROW]);
    const heading = boxes.find(({ path }) => path === `blocks.${depth}`);
    expect(heading?.page).toBe(boxes.find(({ path }) => path === 'tall')?.page);
  });

  it('a bullet stands beside its text, and no line of it alone on a page', async () => {
    const boxes = await below(depth, [{ type: 'list', size: 'body', items: ['kurz', LINES] }]);
    const bullets = boxes.filter(({ path }) => path.endsWith('#bullet'));
    for (const { page, y } of bullets) {
      expect(boxes.some((box) => box.page === page && box.y === y && !box.path.endsWith('#bullet'))).toBe(
        true,
      );
    }
    expect(bullets).toHaveLength(2);
  });

  it('no line of a paragraph stands alone on a page', async () => {
    const boxes = await below(depth, [{ type: 'paragraph', size: 'body', text: LINES }]);
    const counts = linesByPage(boxes, `blocks.${depth}`);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
  });
});
