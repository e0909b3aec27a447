import { InputError, type GreyImage } from '@buergerkoffer/formats';
import {
  LABEL_SAMPLES,
  LABELS,
  layoutLabel,
  previewLabel,
  readLabelFont,
  renderLabel,
  type LabelFonts,
} from '@buergerkoffer/print/labels';
import { loadStandInLabelFonts } from '@buergerkoffer/print/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { PdfFile } from '../forms/pdf-reader.js';
import { fontCalledUnicodeDoc } from './official-font.js';

const NOW = new Date('2026-03-02T09:00:00Z');
const POINTS_PER_MM = 72 / 25.4;
const card = layoutLabel('pa-address', LABEL_SAMPLES['pa-address']);
const passport = layoutLabel('pass-residence', LABEL_SAMPLES['pass-residence']);

let official: Required<LabelFonts>;
let standIn: Required<LabelFonts>;
beforeAll(async () => {
  standIn = await loadStandInLabelFonts();
  official = {
    regular: await readLabelFont(await fontCalledUnicodeDoc('regular')),
    bold: await readLabelFont(await fontCalledUnicodeDoc('bold')),
  };
});

/** The dictionaries of a file, which name its fonts. */
function dictionariesOf(pdf: Uint8Array): string {
  let text = '';
  new PdfFile(pdf, (dictionaries) => (text = dictionaries));
  return text;
}

/** Rows or columns that hold ink as dark as text, in millimetres. */
function inkMm(
  image: GreyImage,
  from: { leftMm: number; rightMm: number },
): { topMm: number; bottomMm: number } {
  const perMm = (image.resolutionPpi ?? 0) / 25.4;
  const rows: number[] = [];
  for (let row = 2; row < image.height - 2; row += 1) {
    const [left, right] = [Math.round(from.leftMm * perMm), Math.round(from.rightMm * perMm)];
    const line = image.data.subarray(row * image.width + left, row * image.width + right);
    if (line.some((pixel) => pixel < 100)) rows.push(row);
  }
  return { topMm: Math.min(...rows) / perMm, bottomMm: (Math.max(...rows) + 1) / perMm };
}

const boxOf = async (pdf: Promise<Uint8Array>) =>
  /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/u
    .exec(Buffer.from(await pdf).toString('latin1'))
    ?.slice(1)
    .map(Number);

describe('a sticker as a PDF', () => {
  it.each([card, passport])('has the size of the sticker', async (label) => {
    const { widthMm, heightMm } = LABELS[label.kind];
    const [width = 0, height = 0] = (await boxOf(renderLabel(label, official, { now: NOW }))) ?? [];
    expect(width / POINTS_PER_MM).toBeCloseTo(widthMm, 2);
    expect(height / POINTS_PER_MM).toBeCloseTo(heightMm, 2);
  });

  it('stands on a sheet where that is asked for, and never beside it', async () => {
    const sheet = { widthMm: 210, heightMm: 297, leftMm: 20, topMm: 30 };
    const [width = 0] = (await boxOf(renderLabel(card, official, { now: NOW, sheet }))) ?? [];
    expect(width / POINTS_PER_MM).toBeCloseTo(210, 2);
    for (const wrong of [{ leftMm: 170 }, { topMm: -1 }, { widthMm: 501 }, { heightMm: Number.NaN }]) {
      await expect(renderLabel(card, official, { now: NOW, sheet: { ...sheet, ...wrong } })).rejects.toThrow(
        expect.objectContaining({ code: 'out-of-range', path: 'sheet' }),
      );
    }
  });

  it('is the same for the same data, and differs from that of a trial', async () => {
    const bytes = await renderLabel(card, official, { now: NOW });
    expect(await renderLabel(card, official, { now: NOW })).toEqual(bytes);
    const trial = await renderLabel(card, standIn, { now: NOW });
    expect(dictionariesOf(bytes)).toContain('UnicodeDocTest');
    expect(dictionariesOf(trial)).not.toContain('UnicodeDocTest');
  });

  it('of the passport needs the bold font only, that of the card both', async () => {
    const { bold } = official;
    await expect(renderLabel(passport, { bold }, { now: NOW })).resolves.toBeInstanceOf(Uint8Array);
    await expect(renderLabel(card, { bold }, { now: NOW })).rejects.toThrow(
      expect.objectContaining({ code: 'missing', path: 'fonts.regular' }),
    );
  });

  it('is refused for a letter that the font lacks', async () => {
    const lacking = layoutLabel('pass-residence', { serialNumber: 'C01X00T47', city: 'Ǥ' });
    await expect(renderLabel(lacking, official, { now: NOW })).rejects.toThrow(
      expect.objectContaining({ name: InputError.name, code: 'unsupported', path: 'lines' }),
    );
  });
});

describe('a sticker as a picture', () => {
  it.each([card, passport])('has the size of the sticker at its resolution', (label) => {
    const { widthMm, heightMm } = LABELS[label.kind];
    const image = previewLabel(label, official, { resolutionPpi: 300 });
    expect(image.width / (300 / 25.4)).toBeCloseTo(widthMm, 0);
    expect(image.height / (300 / 25.4)).toBeCloseTo(heightMm, 0);
    expect(image.resolutionPpi).toBe(300);
  });

  it.each(['pa-address', 'pass-residence'] as const)(
    'of %s has capitals of the height that the law names',
    (kind) => {
      const { capitalHeightMm, entry } = LABELS[kind];
      const city = 'E';
      const data = {
        'pa-address': { ...LABEL_SAMPLES[kind], city, street: 'E' },
        'pass-residence': { ...LABEL_SAMPLES[kind], city },
      };
      const label = { ...layoutLabel(kind, data[kind]), lines: ['EEEE'] };
      const image = previewLabel(label, official, { resolutionPpi: 1200 });
      const { topMm, bottomMm } = inkMm(image, {
        leftMm: entry.leftMm,
        rightMm: entry.leftMm + 4 * capitalHeightMm * 0.8,
      });
      expect(bottomMm - topMm).toBeCloseTo(capitalHeightMm, 1);
      expect(bottomMm).toBeCloseTo(entry.firstBaselineMm, 1);
    },
  );

  it('carries MUSTER in a trial only', () => {
    const faint = (fonts: LabelFonts) =>
      previewLabel(card, fonts, { resolutionPpi: 150 }).data.filter((pixel) => pixel === 215).length;
    expect(faint(official)).toBeLessThan(50);
    expect(faint(standIn)).toBeGreaterThan(2000);
  });

  it.each([71, 2401, Number.NaN])('of %s pixels per inch is refused', (resolutionPpi) => {
    expect(() => previewLabel(card, official, { resolutionPpi })).toThrow(
      expect.objectContaining({ code: 'out-of-range', path: 'resolutionPpi' }),
    );
  });
});
