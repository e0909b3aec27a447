import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { FORM_CASES } from './cases.js';
import { structureFaults } from './structure-faults.js';

const [first] = FORM_CASES;
const pdf = Buffer.from((await first?.render(await loadDejaVu()))?.bytes ?? []).toString('latin1');

/** The file with every `from` replaced by a `to` of the same length, so that all offsets stay right. */
function changed(from: string, to: string): Uint8Array {
  expect(to.length).toBe(from.length);
  expect(pdf).toContain(from);
  return Uint8Array.from(Buffer.from(pdf.replaceAll(from, to), 'latin1'));
}

describe('the structural checker', () => {
  it.each([
    ['a file without language', '/Lang', '/Long', /no language/u],
    ['a file that is not marked', '/Marked true', '/Marked null', /not marked/u],
    ['a file without output intent', '/GTS_PDFA1', '/GTS_PDFX1', /no output intent/u],
    ['a file without PDF/A part', '<pdfaid:part>3', '<pdfaid:part>2', /part 3/u],
    ['a file without conformance A', 'conformance>A<', 'conformance>B<', /conformance A/u],
    ['a file without PDF/UA part', '<pdfuaid:part>1', '<pdfuaid:part>9', /PDF\/UA part 1/u],
    ['a font that is not embedded', '/FontFile2', '/FontFileX', /not embedded/u],
    ['a font without Unicode', '/ToUnicode', '/ToUnicodf', /ToUnicode/u],
    ['a figure without text', '/Alt', '/Alx', /Figure without Alt/u],
    ['a header cell without scope', '/Scope', '/Scopf', /TH without Scope/u],
    ['a table of something else', '/S /TR', '/S /TX', /under Table/u],
    [
      'a title that is not displayed',
      '/DisplayDocTitle true',
      '/DisplayDocTitle null',
      /title not displayed/u,
    ],
    ['a page without structural tab order', '/Tabs /S', '/Tabs /R', /tab order/u],
  ])('finds %s', (_, from, to, fault) => {
    expect(structureFaults(changed(from, to)).join('\n')).toMatch(fault);
  });

  it('finds marked content that the tree does not reach', () => {
    const element = /\/S \/H1\n[\s\S]*?\/K \[(\d+)\]/u.exec(pdf);
    const broken = element?.[0].replace(/\/K \[\d+\]/u, (kids) => kids.replace(/\d/gu, ' ')) ?? '';
    expect(structureFaults(changed(element?.[0] ?? '', broken)).join('\n')).toMatch(
      /MCID \d+ is not in the tree/u,
    );
  });
});
