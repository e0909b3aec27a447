import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { greyOf, readPnm } from '@buergerkoffer/formats';
import { paAntrag } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORM_CASES, LATIN_CASE } from './cases.js';
import { readSymbols } from './read-symbols.js';

/** Files of all cases by the name of the case, written once. */
const files = new Map<string, string>();
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'forms-'));
  const fonts = await loadDejaVu();
  for (const [index, { name, render }] of FORM_CASES.entries()) {
    const path = join(folder, `${index}.pdf`);
    writeFileSync(path, (await render(fonts)).bytes);
    files.set(name, path);
  }
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Whether a program of Debian can be started here; says so once where it cannot. */
function present(program: string, debianPackage: string): boolean {
  const found = spawnSync(program, ['--version']).error === undefined;
  if (!found) console.log(`skipped: ${program} is not installed (Debian package ${debianPackage})`);
  return found;
}

/** What a program says of every file; two at a time. */
async function ofAll(program: string, ...args: readonly string[]): Promise<Map<string, string>> {
  const said = new Map<string, string>();
  const waiting = [...files];
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [name, path] = next;
      const { stdout } = await promisify(execFile)(program, [...args, path], { timeout: 20_000 });
      said.set(name, stdout);
    }
  };
  await Promise.all([worker(), worker()]);
  return said;
}

/** Names of the files of which a program says something that does not fit. */
function unlike(said: ReadonlyMap<string, string>, fits: (text: string) => boolean): string[] {
  return [...said].flatMap(([name, text]) => (fits(text) ? [] : [name]));
}

const PATIENCE = { timeout: 120_000 };

describe.skipIf(!present('qpdf', 'qpdf'))('qpdf', PATIENCE, () => {
  it('finds no error in any form', async () => {
    const said = await ofAll('qpdf', '--check');
    expect(unlike(said, (text) => text.includes('No syntax or stream encoding errors found'))).toEqual([]);
  });
});

describe.skipIf(!present('pdffonts', 'poppler-utils'))('poppler', PATIENCE, () => {
  it('finds every font of every form embedded as a subset with Unicode', async () => {
    const font = /^[A-Z]{6}\+DejaVuSans(-Bold)? +CID TrueType +Identity-H +yes yes yes/u;
    const said = await ofAll('pdffonts');
    expect(
      unlike(said, (text) => {
        const lines = text.trim().split('\n').slice(2);
        return lines.length > 0 && lines.every((line) => font.test(line));
      }),
    ).toEqual([]);
  });

  it('reads headings and tables of every form in the structure tree', async () => {
    const roles = ['H1', 'H2', 'Table', 'TR', 'TH', 'TD'].map((role) => new RegExp(`^ *${role}\\b`, 'mu'));
    const said = await ofAll('pdfinfo', '-struct');
    expect(
      unlike(said, (tree) => /^Document\n {2}P/u.test(tree) && roles.every((role) => role.test(tree))),
    ).toEqual([]);
  });

  it('shows A4 pages and nothing encrypted or scripted in any form', async () => {
    const lines = [
      /^Tagged: +yes$/mu,
      /^JavaScript: +no$/mu,
      /^Encrypted: +no$/mu,
      /^Page size: +595\.28 x 841\.89 pts \(A4\)$/mu,
    ];
    const said = await ofAll('pdfinfo');
    expect(unlike(said, (info) => lines.every((line) => line.test(info)))).toEqual([]);
  });

  it('renders a page whose code an outside reader reads', async () => {
    const page = join(folder, 'page');
    await promisify(execFile)('pdftoppm', [
      ...['-r', '300', '-gray', '-f', '1', '-l', '1'],
      files.get(LATIN_CASE.name) ?? '',
      page,
    ]);
    const pixels = greyOf(readPnm(new Uint8Array(readFileSync(`${page}-1.pgm`))));
    expect(await readSymbols(pixels)).toEqual(['pa-antrag K-7Q4M-2X9D']);
  });

  it('reads letters with marks back as they were given', async () => {
    const { stdout } = await promisify(execFile)('pdftotext', [
      '-layout',
      files.get(LATIN_CASE.name) ?? '',
      '-',
    ]);
    const unspaced = (text: string): string => text.normalize('NFC').replaceAll(/\s/gu, '');
    expect(unspaced(stdout)).toContain(unspaced(paAntrag.samples.latin().holder.familyName));
  });
});
