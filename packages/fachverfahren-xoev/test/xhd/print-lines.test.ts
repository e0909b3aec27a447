import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreesWith, fitPrintLines, PROFILES, shortStreet, suggestShortened } from '../../src/xhd/index.js';
import type { DruckzeileTyp } from '../../src/xhd/index.js';
import { lengthOf } from '../../src/xhd/print-lines.js';

const PA = PROFILES.PA.lines;
const fit = (typ: DruckzeileTyp, text: string) => fitPrintLines([{ typ, text }], PA[typ] ?? []);
const linesOf = (typ: DruckzeileTyp, text: string): unknown => {
  const fitted = fit(typ, text);
  return fitted.fits ? [fitted.font, ...fitted.lines.map(({ content }) => content)] : undefined;
};

describe('print lines', () => {
  it('take the largest size in which all fits', () => {
    expect(linesOf('Vornamensblock', 'Erika')).toEqual(['normal', 'Erika']);
    expect(linesOf('Vornamensblock', 'Erika Maria Anna Elisabeth')).toEqual([
      'normal',
      'Erika Maria Anna Elisabeth',
    ]);
    expect(linesOf('Vornamensblock', 'Erika Maria Anna Elisabetha')).toEqual([
      'small',
      'Erika Maria Anna Elisabetha',
    ]);
    expect(linesOf('Geburtsort', 'Llanfairpwllgwyngyllgogerychwyrndrobwll')).toEqual([
      'small',
      'Llanfairpwllgwyngyllgogerychwyrndrobwll',
    ]);
  });

  it('break at spaces, and behind a hyphen only where a name is longer than a line', () => {
    expect(linesOf('Wohnort', '53474 Bad Neuenahr-Ahrweiler')).toEqual([
      'normal',
      '53474 Bad',
      'Neuenahr-Ahrweiler',
    ]);
    expect(linesOf('Namensblock', 'Leutheusser-Schnarrenberger')).toEqual([
      'normal',
      'Leutheusser-',
      'Schnarrenberger',
    ]);
  });

  it('give family name and birth name one size and one number of lines', () => {
    const block = [
      { typ: 'Namensblock', text: 'Mustermann' },
      { typ: 'Geburtsname', text: 'Gabler von und zu der Heide' },
    ] as const;
    const fitted = fitPrintLines(block, PA.Namensblock ?? []);
    expect(fitted).toMatchObject({ fits: true, font: 'small' });
    expect(fitted.fits && fitted.lines.map(({ Nummer, Typ }) => [Nummer, Typ])).toEqual([
      [1, 'Namensblock'],
      [1, 'Geburtsname'],
    ]);
  });

  it('count letters of several code points once', () => {
    expect(lengthOf('M̂a̋')).toBe(2);
    expect(linesOf('Vornamensblock', 'M̂'.repeat(26))).toEqual(['normal', 'M̂'.repeat(26)]);
  });

  it('do not fit when a word is longer than a line of the smallest size', () => {
    expect(fit('Geburtsort', 'x'.repeat(41)).fits).toBe(false);
  });

  it('never lose, change or overfill anything', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcÄß-é'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
        const text = words.join(' ');
        const fitted = fit('Namensblock', text);
        if (!fitted.fits) return;
        const size = (PA.Namensblock ?? []).find(({ font }) => font === fitted.font);
        expect(fitted.lines.length).toBeLessThanOrEqual(size?.maxLines ?? 0);
        for (const { content } of fitted.lines) {
          expect(lengthOf(content)).toBeLessThanOrEqual(size?.maxPerLine ?? 0);
        }
        const letters = fitted.lines
          .map(({ content }) => content)
          .join('')
          .replaceAll(' ', '');
        expect(letters).toBe(text.replaceAll(' ', ''));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a shortened text', () => {
  const long = 'Erika Maria-Magdalena Anna Elisabeth Theodora Wilhelmine Friederike Charlotte Auguste';

  it('keeps the first name whole and shortens from the end', () => {
    const short = suggestShortened(long, PA.Vornamensblock ?? []);
    expect(short).toBe('Erika Maria-Magdalena Anna Elisabeth Theodora Wilhelmine Friederike C. A.');
    expect(suggestShortened('Erika', PA.Vornamensblock ?? [])).toBe('Erika');
    expect(
      suggestShortened(`${'x'.repeat(38)} K\u035fHali`, [{ font: 'small', maxPerLine: 41, maxLines: 1 }]),
    ).toBe(`${'x'.repeat(38)} K\u035fH.`);
    expect(suggestShortened('x'.repeat(41), PA.Vornamensblock ?? [])).toBeUndefined();
  });

  it('fits and agrees with the whole one, whatever the names', () => {
    const name = fc.string({ unit: fc.constantFrom(...'abcÄß-'), minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 20 }), (names) => {
        const full = names.join(' ');
        const short = suggestShortened(full, PA.Vornamensblock ?? []);
        if (short === undefined) return;
        expect(fit('Vornamensblock', short).fits).toBe(true);
        expect(agreesWith(short, full)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['Erika M.', 'Erika Maria', true],
    ['Erika', 'Erika Maria', true],
    ['J.-P. Müller', 'Jean-Pierre Müller', true],
    ['Heidestr. 17', 'Heidestraße 17', true],
    ['Maria-Mag.', 'Maria-Magdalena', true],
    ['Maria', 'Maria-Magdalena', false],
    ['Maria', 'Erika Maria', false],
    ['Erika Maria', 'Erika', false],
    ['Erica', 'Erika', false],
    ['.', 'Erika', false],
    ['', 'Erika', false],
  ])('%j for %j agrees: %j', (printed, full, agrees) => {
    expect(agreesWith(printed, full)).toBe(agrees);
  });

  it('of a street is the usual one', () => {
    expect(
      ['Heidestraße 17', 'Lange Straße 5', 'Strasse des 17. Juni', 'Am Ring 1'].map(shortStreet),
    ).toEqual(['Heidestr. 17', 'Lange Str. 5', 'Str. des 17. Juni', 'Am Ring 1']);
  });
});
