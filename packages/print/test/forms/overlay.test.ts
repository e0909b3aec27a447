import {
  findLayoutFaults,
  lebensbescheinigung,
  overlayForm,
  type CopyPage,
  type Lebensbescheinigung,
  type OverlayOptions,
  type OverlayPlace,
} from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { jpegMarkers } from './jpeg.js';
import { paintedText } from './painted-text.js';
import { structureFaults } from './structure-faults.js';

const fonts = await loadDejaVu();
const A4: CopyPage = { bytes: jpegMarkers(1654, 2339), resolutionPpi: 200 };
const DATA = lebensbescheinigung.samples.filled() as Lebensbescheinigung;
const NAME: OverlayPlace = {
  page: 0,
  text: '{person.familyName}, {person.givenNames}',
  xMm: 30,
  yMm: 60,
  widthMm: 150,
};
const DAY: OverlayPlace = { page: 1, text: '{place}, {issuedOn}', xMm: 10, yMm: 200, widthMm: 195 };
const cross = (is: string, xMm: number): OverlayPlace => ({
  page: 0,
  text: 'X',
  when: { path: 'met', is },
  xMm,
  yMm: 100,
  widthMm: 5,
});
const PLACES = [NAME, cross('appeared', 40), cross('visited', 80), DAY];

function overlay({
  data = DATA,
  pages = [A4, A4],
  places = PLACES,
  ...more
}: Partial<OverlayOptions> & {
  data?: Lebensbescheinigung;
  pages?: CopyPage[];
  places?: readonly OverlayPlace[];
}) {
  const title = 'Lebensbescheinigung der Pensionskasse';
  const now = new Date('2026-11-20T09:15:00Z');
  return overlayForm(lebensbescheinigung, data, pages, places, {
    fonts,
    title,
    now,
    print: 'page-and-words',
    ...more,
  });
}

describe('data on a foreign paper', () => {
  it('stand at their places, with a cross at the answer that was given', async () => {
    const { bytes, boxes, pageCount } = await overlay({});
    expect(structureFaults(bytes)).toEqual([]);
    expect(pageCount).toBe(2);
    expect(paintedText(bytes)).toContain('Mustermann, Erika Maria');
    expect(paintedText(bytes)).toContain('Köln, 20.11.2026');
    const texts = boxes.filter(({ kind }) => kind === 'text');
    expect(texts.map(({ path, page }) => [path, page])).toEqual([
      ['places.0', 0],
      ['places.2', 0],
      ['places.3', 1],
    ]);
    expect(texts[1]?.x).toBeCloseTo((80 * 72) / 25.4);
    expect(findLayoutFaults(texts).filter(({ type }) => type === 'overlap')).toEqual([]);
  });

  it('are printed on the paper itself without the picture of it', async () => {
    const { boxes } = await overlay({ print: 'words' });
    expect(boxes.map(({ kind }) => kind)).toEqual(['text', 'text', 'text']);
  });

  it('lie on the page in its own size, wherever the scanner had its edge', async () => {
    const { boxes } = await overlay({ pages: [{ ...A4, bytes: jpegMarkers(1654, 2200) }, A4] });
    const picture = boxes.find(({ kind }) => kind === 'picture');
    expect(picture).toMatchObject({ x: 0, y: 0, height: expect.closeTo((2200 * 72) / 200, 0) as number });
  });

  it('leave no trace where nothing is known', async () => {
    const { reference: _, ...data } = DATA;
    const { boxes } = await overlay({ data, places: [{ ...NAME, text: 'Zeichen {reference}' }] });
    expect(boxes.filter(({ kind }) => kind === 'text')).toEqual([]);
  });

  it('hold no attached data, and the same bytes twice', async () => {
    const [first, second] = [await overlay({}), await overlay({})];
    expect(Buffer.from(first.bytes).includes('EmbeddedFile')).toBe(false);
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it.each<[string, Parameters<typeof overlay>[0], string, string]>([
    ['nobody was met', { data: { ...DATA, met: 'not-met' as 'visited' } }, 'not-allowed', 'met'],
    ['its place is too small', { places: [{ ...NAME, widthMm: 20 }] }, 'too-large', 'places.0'],
    ['its page is not there', { places: [{ ...NAME, page: 2 }] }, 'out-of-range', 'places.0.page'],
    [
      'the form does not know it',
      { places: [{ ...NAME, text: '{holder}' }] },
      'not-allowed',
      'places.0.text',
    ],
    [
      'the form does not know its condition',
      { places: [{ ...NAME, when: { path: 'x', is: 'y' } }] },
      'not-allowed',
      'places.0.when.path',
    ],
    ['its place leaves the paper', { places: [{ ...NAME, xMm: 100 }] }, 'not-allowed', 'places.0'],
    [
      'the page has another shape',
      { pages: [{ bytes: jpegMarkers(900, 900) }], places: [NAME] },
      'unsupported',
      'pages.0',
    ],
    [
      'the page is larger than the paper',
      { pages: [{ ...A4, resolutionPpi: 150 }], places: [NAME] },
      'unsupported',
      'pages.0',
    ],
    ['there is no page', { pages: [] }, 'out-of-range', 'places.0.page'],
  ])('are refused where %s', async (_, input, code, path) => {
    await expect(overlay(input)).rejects.toMatchObject({ code, path });
  });
});
