import {
  certifiedCopy,
  findLayoutFaults,
  type CertificationNote,
  type CopyPage,
} from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { options } from './cases.js';
import { jpegMarkers } from './jpeg.js';
import { paintedText } from './painted-text.js';
import { portraitPng } from './pictures.js';
import { structureFaults } from './structure-faults.js';

const fonts = await loadDejaVu();
const NOTE: CertificationNote = {
  document: 'Abschlusszeugnis der Realschule Musterstadt vom 12.06.1998',
  shown: 'original',
  issuedByAuthority: true,
  noAlterationSeen: true,
  compared: true,
  place: 'Musterstadt',
  day: '2026-11-20',
  official: 'Sachbearbeitung 1, Bürgeramt',
};
const A4: CopyPage = { bytes: jpegMarkers(1654, 2339), resolutionPpi: 200 };
const CARD: CopyPage = { bytes: jpegMarkers(1012, 638), resolutionPpi: 300 };

const copy = (pages: readonly CopyPage[], note: object = {}) =>
  certifiedCopy(pages, { ...NOTE, ...note }, options(fonts));

describe('a certified copy', () => {
  it.each([1, 3])('of %i pages has structure, fits its pages and is printed on one side', async (count) => {
    const { bytes, boxes, pageCount, sides } = await copy(new Array<CopyPage>(count).fill(A4));
    expect(structureFaults(bytes)).toEqual([]);
    expect(findLayoutFaults(boxes)).toEqual([]);
    expect({ pageCount, sides }).toEqual({ pageCount: count, sides: 'one-sided' });
  });

  it('has the note under its last page, with the longest words the note takes', async () => {
    const long = {
      document: 'W'.repeat(300),
      issuedByAuthority: false,
      onlyFor: 'W'.repeat(160),
      place: 'W'.repeat(40),
      official: 'W'.repeat(80),
    };
    const { boxes, pageCount } = await copy([A4, A4], long);
    expect(findLayoutFaults(boxes)).toEqual([]);
    const note = boxes.filter(({ path }) => path.startsWith('note'));
    const last = boxes.find(({ path }) => path === 'pages.1');
    expect(new Set(note.map(({ page }) => page))).toEqual(new Set([pageCount - 1]));
    expect(Math.min(...note.map(({ y }) => y))).toBeGreaterThan((last?.y ?? 0) + (last?.height ?? 0));
  });

  it('keeps the size of what was scanned as far as it fits', async () => {
    const { scales } = await copy([CARD, A4, { bytes: portraitPng() }]);
    expect(scales).toEqual([expect.closeTo(1), expect.any(Number), undefined]);
    expect(scales[1]).toBeLessThan(1);
  });

  it('says what was shown, of what, and for whom where no authority issued it', async () => {
    const { bytes } = await copy([A4], {
      issuedByAuthority: false,
      onlyFor: 'Stadt Köln',
      shown: 'certified-copy',
    });
    const text = paintedText(bytes).replaceAll(/\s+/gu, ' ');
    expect(text).toContain('Abschrift (eine Seite) mit der beglaubigten Abschrift übereinstimmt');
    expect(text).toContain('Realschule Musterstadt vom 12.06.1998');
    expect(text).toContain('nur zur Vorlage bei Stadt Köln erteilt');
    expect(text).toContain('Musterstadt, 20.11.2026');
  });

  it('has the same bytes twice', async () => {
    const [first, second] = [await copy([A4]), await copy([A4])];
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });
});

describe('what is not certified', () => {
  it.each<[string, readonly CopyPage[], object, string, string]>([
    ['signs of an alteration', [A4], { noAlterationSeen: false }, 'malformed', 'note.noAlterationSeen'],
    ['pages that nobody compared', [A4], { compared: undefined }, 'missing', 'note.compared'],
    ['a private document for nobody', [A4], { issuedByAuthority: false }, 'not-allowed', 'note.onlyFor'],
    ['a limit that the law does not know', [A4], { onlyFor: 'Stadt Köln' }, 'not-allowed', 'note.onlyFor'],
    ['no pages', [], {}, 'missing', 'pages'],
    ['a page that is no picture', [{ bytes: Uint8Array.of(1, 2) }], {}, 'unsupported', 'pages.0'],
    ['a resolution of nothing', [{ ...A4, resolutionPpi: 0 }], {}, 'out-of-range', 'pages.0.resolutionPpi'],
  ])('%s', async (_, pages, note, code, path) => {
    await expect(copy(pages, note)).rejects.toMatchObject({ code, path });
  });
});
