import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pdftoppmRenderer } from '@buergerkoffer/print/node';
import { testPages } from '@buergerkoffer/print/simulator';
import type { RasterCanvas } from '../../src/raster/index.js';
import { missingPrograms, ranProgram } from '../support/debian-programs.js';
import { PEER_PROGRAMS, PrintPeers } from '../support/print-peers.js';
import {
  DOCUMENT,
  eventsOf,
  failureOf,
  fresh,
  openPrinter,
  PrinterBench,
  typesOf,
} from '../support/printer-bench.js';
import { readPwgRaster } from '../support/pwg-reader.js';
import { rasterOf } from '../support/raster.js';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 150_000 });

const A4 = { media: 'iso_a4_210x297mm', sides: 'one-sided' } as const;
const CANVAS: RasterCanvas = { widthPx: 2480, heightPx: 3507, resolutionDpi: 300, color: 'sgray' };
const { signal } = new AbortController();

describe.skipIf(missingPrograms('pdftoppm').length > 0)('pages that pdftoppm rendered', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'raster-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(missingPrograms('gs').length > 0)(
    'have the header that Ghostscript writes for the same paper',
    async () => {
      const pdf = join(folder, 'in.pdf');
      writeFileSync(pdf, DOCUMENT.bytes);
      const grey = ['-dcupsColorSpace=18', '-dcupsBitsPerColor=8', '-dcupsBitsPerPixel=8'];
      const device = ['-q', '-dNOPAUSE', '-dBATCH', '-sDEVICE=pwgraster', '-r300', '-sPAPERSIZE=a4', ...grey];
      ranProgram('gs', [...device, `-sOutputFile=${folder}/gs.pwg`, pdf]);
      const [theirs] = readPwgRaster(new Uint8Array(readFileSync(join(folder, 'gs.pwg'))));
      const [ours] = readPwgRaster(await rasterOf(pdftoppmRenderer().render(DOCUMENT, CANVAS, signal), A4));
      const fields = {
        resolution: 276,
        duplex: 272,
        points: 352,
        bits: 384,
        pixel: 388,
        order: 396,
        space: 400,
        colors: 420,
      };
      for (const [name, offset] of Object.entries(fields)) {
        expect(ours?.header.getUint32(offset), name).toBe(theirs?.header.getUint32(offset));
      }
      expect(Math.abs((ours?.widthPx ?? 0) - (theirs?.widthPx ?? 0))).toBeLessThanOrEqual(1);
      expect(Math.abs((ours?.heightPx ?? 0) - (theirs?.heightPx ?? 0))).toBeLessThanOrEqual(1);
    },
  );

  it.skipIf(missingPrograms('rastertopdf', 'pdfinfo').length > 0).each(['sgray', 'srgb'] as const)(
    'are the same pages when CUPS makes a PDF of them: %s',
    async (color) => {
      const canvas = { ...CANVAS, color, widthPx: 1240, heightPx: 1753, resolutionDpi: 150 };
      const pwg = join(folder, `${color}.pwg`);
      writeFileSync(pwg, await rasterOf(pdftoppmRenderer().render(DOCUMENT, canvas, signal), A4));
      const pdf = join(folder, `${color}.pdf`);
      writeFileSync(
        pdf,
        ranProgram('rastertopdf', ['1', 'u', 't', '1', '', pwg], { env: { ...process.env, PPD: '' } }),
      );
      const said = ranProgram('pdfinfo', [pdf]).toString();
      expect(said).toMatch(/Pages:\s+2\n/);
      expect(said).toMatch(/Page size:\s+595\.\d+ x 84[12]\.\d+ pts \(A4\)/);
      const [before, after] = [DOCUMENT.bytes, new Uint8Array(readFileSync(pdf))].map((bytes) =>
        ranProgram('pdftoppm', ['-gray', '-r', '36', '-'], { input: bytes }),
      );
      expect(largestDifference(darkness(before), darkness(after))).toBeLessThan(0.02);
    },
  );

  it('reach a printer that takes no PDF, on both sides of the sheet', async () => {
    await using bench = await PrinterBench.with({ capabilities: { documentFormats: ['image/pwg-raster'] } });
    const printer = await bench.open({ renderer: pdftoppmRenderer() });
    expect(printer.capabilities.documentFormats).toEqual(['image/pwg-raster', 'application/pdf']);
    const options = { ...fresh(), sides: 'two-sided-long-edge' } as const;
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, options))).at(-1)).toBe('done');
    const [printed] = bench.printer.printed;
    expect(printed).toMatchObject({ mediaType: 'image/pwg-raster', sides: 'two-sided-long-edge' });
    const pages = readPwgRaster(printed?.bytes ?? new Uint8Array());
    expect(
      pages.map(({ header }) => [header.getInt32(272), header.getInt32(456), header.getInt32(460)]),
    ).toEqual([
      [1, 1, 1],
      [1, -1, -1],
    ]);
  });

  it('are not made of a document that cannot be read, or of another size than the paper', async () => {
    await using bench = await PrinterBench.with({ capabilities: { documentFormats: ['image/pwg-raster'] } });
    const printer = await bench.open({ renderer: pdftoppmRenderer() });
    const broken = { bytes: new TextEncoder().encode('%PDF-1.4\nnothing'), mediaType: 'application/pdf' };
    const a5 = new TextDecoder('latin1').decode(testPages(1)).replaceAll('0 0 595 842', '0 0 420 595');
    const small = { bytes: new TextEncoder().encode(a5), mediaType: 'application/pdf' };
    for (const document of [broken, small]) {
      expect(await failureOf(printer.print(document, fresh()))).toMatchObject({ code: 'unsupported' });
    }
    const without = await bench.open({ renderer: pdftoppmRenderer('pdftoppm-that-is-not-there') });
    expect(await failureOf(without.print(DOCUMENT, fresh()))).toMatchObject({
      code: 'unsupported',
      remedy: expect.stringContaining('poppler-utils') as string,
    });
    expect(bench.printer.jobs).toEqual([]);
  });

  it.skipIf(missingPrograms(...PEER_PROGRAMS).length > 0)(
    'are printed by an ippeveprinter that takes raster only',
    async () => {
      await using peers = await PrintPeers.start();
      const { uri } = await peers.startPrinter('image/pwg-raster,image/urf');
      const printer = await openPrinter(uri, { renderer: pdftoppmRenderer() });
      expect(
        typesOf(await eventsOf(printer.print(DOCUMENT, { ...fresh(), color: 'monochrome' }))).at(-1),
      ).toBe('done');
      await printer.close();
      expect(peers.printed).toHaveLength(1);
    },
  );
});

/** Blocks across and down a page. */
const BLOCKS = { across: 6, down: 8 };

/** How dark each block of each page is, 0 to 1, where the lightest value is white: a viewer of PDF may tint paper. */
function darkness(pictures: Buffer | undefined): readonly number[] {
  const found = /^P5\n(\d+) (\d+)\n255\n/.exec(pictures?.toString('latin1', 0, 40) ?? '');
  if (pictures === undefined || found === null) throw new Error('no picture');
  const [head, width, height] = [found[0].length, Number(found[1]), Number(found[2])];
  const white = Math.max(...pictures.subarray(head, head + width));
  return Array.from({ length: pictures.length / (head + width * height) }, (_, page) => {
    const start = page * (head + width * height) + head;
    const blocks = new Array<number>(BLOCKS.across * BLOCKS.down).fill(0);
    for (let at = 0; at < width * height; at += 1) {
      const [x, y] = [
        Math.floor(((at % width) / width) * BLOCKS.across),
        Math.floor((at / width / height) * BLOCKS.down),
      ];
      const block = y * BLOCKS.across + x;
      blocks[block] = (blocks[block] ?? 0) + 1 - (pictures[start + at] ?? 0) / white;
    }
    return blocks.map((sum) => (sum * blocks.length) / width / height);
  }).flat();
}

function largestDifference(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} blocks`);
  return Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));
}
