import { greyOf } from '@buergerkoffer/formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDrawnDocument, type DrawnDocument } from '../../src/synthesis/document.js';
import { drawDocument } from '../../src/synthesis/draw-document.js';
import { glyphOf } from '../../src/synthesis/glyphs.js';

const MRZ_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<';
const TD1 = [
  'IDD<<T220001293<<<<<<<<<<<<<<<',
  '6408125<2010315D<<<<<<<<<<<<<4',
  'MUSTERMANN<<ERIKA<<<<<<<<<<<<<',
] as const;
const FRAME = { xMm: 0, yMm: 0, widthMm: 115, heightMm: 85, resolutionPpi: 100, colour: false };

describe('a drawn document', () => {
  it('has a different shape for every character of the MRZ', () => {
    const shapes = new Set(Array.from(MRZ_CHARACTERS, (character) => JSON.stringify(glyphOf(character))));
    expect(shapes.size).toBe(37);
    expect(glyphOf('<')).not.toEqual([]);
  });

  it('shows another picture when one character of the MRZ is another', () => {
    const other: DrawnDocument = { td1: [TD1[0], TD1[1].replace('6408125', '6408126'), TD1[2]] };
    const [first, second] = [drawDocument({ td1: TD1 }, FRAME, 5), drawDocument(other, FRAME, 5)];
    const changed = first.data.reduce(
      (sum, level, i) => sum + (Math.abs(level - (second.data[i] ?? 0)) > 40 ? 1 : 0),
      0,
    );
    expect(changed).toBeGreaterThan(10);
    expect(changed).toBeLessThan(200);
  });

  it('has the same shapes in grey and in colour', () => {
    const grey = drawDocument({ td1: TD1 }, FRAME, 5);
    const colour = greyOf(drawDocument({ td1: TD1 }, { ...FRAME, colour: true }, 5));
    const differing = grey.data.reduce(
      (sum, level, i) => sum + (Math.abs(level - (colour.data[i] ?? 0)) > 6 ? 1 : 0),
      0,
    );
    expect(differing).toBe(0);
  });

  it('is refused by length and alphabet alone, with the path and without the content', () => {
    const line = fc.string({ maxLength: 40 });
    fc.assert(
      fc.property(line, line, line, (first, second, third) => {
        const isGood = [first, second, third].every((text) => /^[A-Z0-9<]{30}$/.test(text));
        let failure: unknown;
        try {
          checkDrawnDocument({ td1: [first, second, third] }, 'documents[0]');
        } catch (error) {
          failure = error;
        }
        if (isGood) expect(failure).toBeUndefined();
        else
          expect(failure).toMatchObject({
            kind: 'input',
            path: expect.stringMatching(/^documents\[0\]\.td1\[\d\]$/) as string,
          });
      }),
    );
  });

  it('never puts an MRZ into its error', () => {
    const secret = 'GEHEIM<GEHEIM';
    expect(() => {
      checkDrawnDocument({ td3: [secret, secret] });
    }).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('GEHEIM') as string }) as Error,
    );
  });
});
