import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import PDFDocument from 'pdfkit';
import { describe, expect, it } from 'vitest';
import { openPdf, parseFont } from '../../../src/forms/pdf/pdfkit.js';

const { resolve } = createRequire(import.meta.url);
const DEJAVU = new Uint8Array(readFileSync(resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')));
const OPTIONS = {
  title: 'Titel',
  language: 'de-DE',
  producer: 'Test',
  created: new Date('2026-11-20T09:15:00Z'),
};

describe('the private members of pdfkit that the PDF layer relies on', () => {
  it('are those of version 0.20', () => {
    const manifest: unknown = JSON.parse(
      readFileSync(join(dirname(resolve('pdfkit')), '../package.json'), 'utf8'),
    );
    expect(manifest).toMatchObject({ version: expect.stringMatching(/^0\.20\./u) });
  });

  it('keep the parsed font of a document under _font.font, with the coverage test of fontkit', () => {
    const font = parseFont(DEJAVU);
    expect(font.postscriptName).toBe('DejaVuSans');
    expect(font.hasGlyphForCodePoint(0x41)).toBe(true);
    expect(font.hasGlyphForCodePoint(0x4e00)).toBe(false);
  });

  it('take a parsed font as the source of a registered font', () => {
    const font = parseFont(DEJAVU);
    const pdf = openPdf(OPTIONS).registerFont('regular', font).addPage();
    expect(pdf.font('regular', 10)._font.font).toBe(font);
  });

  it('open a document without any font when font is null', () => {
    expect(Reflect.get(openPdf(OPTIONS), '_font')).toBeNull();
  });

  it('hold the catalog under _root, with language, marks and structure tree', () => {
    const root: unknown = Reflect.get(openPdf(OPTIONS), '_root');
    expect(root).toMatchObject({
      data: { Type: 'Catalog', MarkInfo: { data: { Marked: true } }, StructTreeRoot: {} },
    });
  });

  it('show what an opened picture measures', () => {
    const jpeg = Uint8Array.of(
      ...[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 40, 0, 30, 1, 1, 0x11, 0, 0xff, 0xd9],
    );
    expect(openPdf(OPTIONS).openImage(jpeg)).toMatchObject({ width: 30, height: 40, orientation: 1 });
  });

  it('execute the content of an attached element at once', () => {
    const pdf = openPdf(OPTIONS).addPage();
    const root = pdf.struct('Document', {});
    pdf.addStructure(root);
    let painted = 0;
    root.add(() => painted++);
    expect(painted).toBe(1);
  });

  it('write every piece of the file through _write, an object between its head and its end', () => {
    const pieces: unknown[] = [];
    const pdf = openPdf(OPTIONS).addPage();
    pdf._write = (piece) => pieces.push(piece);
    pdf.ref({ A: 1 }).end();
    pdf.end();
    const [head, dictionary, end] = pieces;
    expect([head, dictionary, end]).toEqual([
      expect.stringMatching(/^\d+ 0 obj$/u),
      '<<\n/A 1\n>>',
      'endobj',
    ]);
    expect(pieces.slice(-5)).toEqual([
      'trailer',
      expect.stringMatching(/^<<\n\/Size /u),
      'startxref',
      expect.any(String),
      '%%EOF',
    ]);
  });

  it('embed what the subset of the parsed font gives', () => {
    const font = parseFont(DEJAVU);
    const subset = font.createSubset();
    let embedded = 0;
    font.createSubset = () => ({
      includeGlyph: (glyph) => subset.includeGlyph(glyph),
      encode: () => {
        embedded += 1;
        return subset.encode();
      },
    });
    openPdf(OPTIONS)
      .addPage()
      .registerFont('regular', font)
      .font('regular', 10)
      .text('A', 0, 0, { lineBreak: false, baseline: 'alphabetic' })
      .end();
    expect(embedded).toBe(1);
  });

  it('take glyphs, widths and characters into a font from outside, and the font into a page', () => {
    const pdf = openPdf(OPTIONS).registerFont('regular', parseFont(DEJAVU)).addPage();
    const { font, id, scale, subset, unicode, widths } = pdf.font('regular', 10)._font;
    expect([id, scale, unicode, widths.length]).toEqual(['F1', 1000 / 2048, [[0]], 1]);
    expect(subset.includeGlyph(font.glyphForCodePoint(0x41).id)).toBe(1);
    expect(font.layout('A').glyphs[0]).toMatchObject({ codePoints: [0x41], advanceWidth: 1401 });
    expect(pdf.page.fonts).toEqual({});
    pdf.addContent('q Q');
  });

  it('ask the document for its output intent and the font for what its glyphs mean, at the end', () => {
    const pdf = openPdf(OPTIONS).registerFont('regular', parseFont(DEJAVU)).addPage().font('regular', 10);
    const asked: string[] = [];
    const { _font: font } = pdf;
    font.toUnicodeCmap = () => {
      asked.push('meaning');
      return pdf.ref({});
    };
    pdf._addColorOutputIntent = () => asked.push('colours');
    font.ref();
    pdf.end();
    expect(asked.sort()).toEqual(['colours', 'meaning']);
  });

  it('make a form whose fields and appearances are ours, and widgets inside the structure', () => {
    const pdf = openPdf(OPTIONS).registerFont('regular', parseFont(DEJAVU)).addPage().font('regular', 10);
    expect(pdf.initForm()._root.data.AcroForm?.data).toMatchObject({ Fields: [], NeedAppearances: true });
    const element = pdf.struct('Form', {});
    pdf.addStructure(element);
    pdf.annotate(10, 20, 30, 40, { Subtype: 'Widget', structParent: element });
    element.end();
    expect(pdf.page.annotations.at(-1)?.data).toMatchObject({
      Subtype: 'Widget',
      StructParent: expect.any(Number),
    });
  });

  it('exist on the documents that pdfkit makes', () => {
    expect(PDFDocument.prototype).toMatchObject({
      markContent: expect.any(Function),
      endMarkedContent: expect.any(Function),
      appendXML: expect.any(Function),
      struct: expect.any(Function),
      openImage: expect.any(Function),
      file: expect.any(Function),
      initOutline: expect.any(Function),
    });
  });
});
