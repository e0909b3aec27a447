import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPnm } from '@buergerkoffer/formats';
import {
  LABEL_SAMPLES,
  LABELS,
  layoutLabel,
  previewLabel,
  readLabelFont,
  renderLabel,
  type LabelFonts,
} from '@buergerkoffer/print/labels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fontCalledUnicodeDoc } from './official-font.js';

const LABELS_TO_PRINT = [
  layoutLabel('pa-address', LABEL_SAMPLES['pa-address']),
  layoutLabel('pass-residence', LABEL_SAMPLES['pass-residence']),
];

let folder = '';
let fonts: LabelFonts = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'labels-'));
  fonts = {
    regular: await readLabelFont(await fontCalledUnicodeDoc('regular')),
    bold: await readLabelFont(await fontCalledUnicodeDoc('bold')),
  };
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whether a program of Debian can be started here; says so once where it cannot. */
function present(program: string, debianPackage: string): boolean {
  const found = spawnSync(program, ['--version']).error === undefined;
  if (!found) console.log(`skipped: ${program} is not installed (Debian package ${debianPackage})`);
  return found;
}

function run(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', timeout: 20_000 });
}

async function file(label: (typeof LABELS_TO_PRINT)[number]): Promise<string> {
  const path = join(folder, `${label.kind}.pdf`);
  writeFileSync(path, await renderLabel(label, fonts, { now: new Date('2026-03-02T09:00:00Z') }));
  return path;
}

describe.skipIf(!present('qpdf', 'qpdf'))('qpdf', () => {
  it.each(LABELS_TO_PRINT)('finds no error in $kind', async (label) => {
    expect(run('qpdf', '--check', await file(label))).toMatch(/No syntax or stream encoding errors found/u);
  });
});

describe.skipIf(!present('pdffonts', 'poppler-utils'))('poppler', () => {
  it.each(LABELS_TO_PRINT)('reads every line of $kind, its fonts embedded', async (label) => {
    const path = await file(label);
    const text = run('pdftotext', '-layout', path, '-')
      .trim()
      .split(/\s*\n\s*/u);
    expect([...text].sort()).toEqual([...label.lines, label.serialNumber].sort());
    const embedded = run('pdffonts', path).trim().split('\n').slice(2);
    expect(embedded.length).toBeGreaterThan(0);
    for (const line of embedded) expect(line).toMatch(/UnicodeDocTest.* yes yes yes/u);
  });

  it.each(LABELS_TO_PRINT)('paints the same picture of $kind as the preview', async (label) => {
    const { widthMm, heightMm } = LABELS[label.kind];
    const out = join(folder, label.kind);
    run('pdftoppm', '-r', '300', '-gray', '-singlefile', await file(label), out);
    const theirs = readPnm(execFileSync('cat', [`${out}.pgm`]));
    const ours = previewLabel(label, fonts, { resolutionPpi: 300 });
    expect(Math.abs(theirs.width - ours.width)).toBeLessThanOrEqual(1);
    expect(Math.abs(theirs.height - ours.height)).toBeLessThanOrEqual(1);
    let different = 0;
    for (let row = 3; row < (heightMm / 25.4) * 300 - 3; row += 1) {
      for (let column = 3; column < (widthMm / 25.4) * 300 - 3; column += 1) {
        const [a = 0, b = 0] = [
          ours.data[row * ours.width + column],
          theirs.data[row * theirs.width + column],
        ];
        if (Math.abs(a - b) > 150) different += 1;
      }
    }
    expect(different / (ours.width * ours.height)).toBeLessThan(0.006);
  });
});
