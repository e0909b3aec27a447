import { layoutForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import { describe, expect, it } from 'vitest';
import { LATIN_CASE, options } from './cases.js';
import { KINDS } from './kinds-form.js';
import { structureFaults } from './structure-faults.js';

const fonts = await loadDejaVu();
const flat = (await LATIN_CASE.render(fonts)).bytes;
const fillable = (await layoutForm(KINDS, {}, options(fonts, { fillable: true }))).bytes;

/** The faults of a file in which every `from` is replaced by a `to` of the same length, so that all offsets stay right. */
function faultsAfter(bytes: Uint8Array, from: string | RegExp, to: string): string {
  let changes = 0;
  const change = (text: string): string =>
    text.replaceAll(new RegExp(from, 'gu'), (found) => {
      changes += 1;
      expect(to.length).toBe(found.length);
      return to;
    });
  const plain = change(Buffer.from(bytes).toString('latin1'));
  const faults = structureFaults(Uint8Array.from(Buffer.from(plain, 'latin1')), change);
  expect(changes).toBeGreaterThan(0);
  return faults.join('\n');
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
    expect(faultsAfter(flat, from, to)).toMatch(fault);
  });

  it.each([
    ['a field without an appearance', '/AP <<', '/XP <<', /other appearances/u],
    ['a field without a tool tip', '/TU ', '/TX ', /no tool tip/u],
    ['a field that is not printed', '/F 4', '/F 0', /not printed/u],
    ['a field outside the structure', '/S /Form', '/S /Span', /not in a Form element/u],
    ['a field that its element does not hold', '/Type /OBJR', '/Type /OBJX', /not exactly the widget/u],
    ['a box without a state', '/AS /', '/AX /', /without a state/u],
  ])('finds %s', (_, from, to, fault) => {
    expect(faultsAfter(fillable, from, to)).toMatch(fault);
  });

  it('finds marked content that the tree does not reach', () => {
    expect(faultsAfter(flat, /(?<=\/S \/H1\n\/P \d+ 0 R\n\/K )\[\d\]/u, '[ ]')).toMatch(
      /MCID \d+ is not in the tree/u,
    );
  });
});
