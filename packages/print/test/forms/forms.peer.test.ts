import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { greyOf, readPnm } from '@buergerkoffer/formats';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM_CASES, LATIN_CASE } from './cases.js';
import { readSymbols } from './read-symbols.js';
import { EXTREME_NAME } from './samples-extreme.js';

const fonts = await loadDejaVu();
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forms-'));
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

async function file(render: (typeof FORM_CASES)[number]['render']): Promise<string> {
  const path = join(folder, 'form.pdf');
  writeFileSync(path, (await render(fonts)).bytes);
  return path;
}

describe.skipIf(!present('qpdf', 'qpdf'))('qpdf', () => {
  it.each(FORM_CASES)('finds no error in $name', async ({ render }) => {
    expect(run('qpdf', '--check', await file(render))).toMatch(/No syntax or stream encoding errors found/u);
  });
});

describe.skipIf(!present('pdffonts', 'poppler-utils'))('poppler', () => {
  it.each(FORM_CASES)('finds every font of $name embedded as a subset with Unicode', async ({ render }) => {
    const lines = run('pdffonts', await file(render))
      .trim()
      .split('\n')
      .slice(2);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines)
      expect(line).toMatch(/^[A-Z]{6}\+DejaVuSans(-Bold)? +CID TrueType +Identity-H +yes yes yes/u);
  });

  it.each(FORM_CASES)('reads headings and tables of $name from the structure tree', async ({ render }) => {
    const tree = run('pdfinfo', '-struct-text', await file(render));
    expect(tree).toMatch(/^Document\n {2}P/u);
    for (const role of ['H1', 'H2', 'Table', 'TR', 'TH', 'TD'])
      expect(tree).toMatch(new RegExp(`^ *${role}\\b`, 'mu'));
  });

  it.each(FORM_CASES)('shows the title and nothing encrypted or scripted in $name', async ({ render }) => {
    const info = run('pdfinfo', await file(render));
    expect(info).toMatch(/^Tagged: +yes$/mu);
    expect(info).toMatch(/^JavaScript: +no$/mu);
    expect(info).toMatch(/^Encrypted: +no$/mu);
    expect(info).toMatch(/^Page size: +595\.28 x 841\.89 pts \(A4\)$/mu);
  });

  it('renders a page whose code an outside reader reads', async () => {
    const path = await file(LATIN_CASE.render);
    run('pdftoppm', '-r', '300', '-gray', '-f', '1', '-l', '1', path, join(folder, 'page'));
    const page = greyOf(readPnm(new Uint8Array(readFileSync(join(folder, 'page-1.pgm')))));
    expect(await readSymbols(page)).toEqual(['pa-antrag K-7Q4M-2X9D']);
  });

  it('reads letters with marks back as they were given', async () => {
    const text = run('pdftotext', '-layout', await file(LATIN_CASE.render), '-');
    expect(text.normalize('NFC')).toContain(EXTREME_NAME.normalize('NFC'));
  });
});
