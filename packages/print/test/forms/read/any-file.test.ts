import { PDFDocument } from '@cantoo/pdf-lib';
import { InputError } from '@buergerkoffer/formats';
import { readForm, renderForm } from '@buergerkoffer/print/forms';
import { loadDejaVu } from '@buergerkoffer/print/node';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { options } from '../cases.js';
import { KINDS } from '../kinds-form.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 60_000 });

/** Number of runs; more by hand: FUZZ_RUNS=20000. */
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);

const packed = await renderForm(
  KINDS,
  KINDS.samples.filled(),
  options(await loadDejaVu(), { fillable: true }),
);
/** The same with its objects in the clear, so that a change hits the syntax and not a checksum. */
const plain = await (
  await PDFDocument.load(packed)
).save({
  useObjectStreams: false,
  updateFieldAppearances: false,
});

const protectedDocument = await PDFDocument.load(packed);
protectedDocument.encrypt({ userPassword: '', ownerPassword: 'owner' });
/** The same, encrypted so that everybody can open it. */
const encrypted = await protectedDocument.save();

const outcomeOf = (bytes: Uint8Array): Promise<string> =>
  readForm(KINDS, bytes).then(
    () => 'read',
    (error: unknown) => (error instanceof InputError ? 'refused' : String(error)),
  );

/** A place in a file, from 0 to 1. */
const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** What stands there instead: noise, or what means something in PDF. */
const words = fc.oneof(
  fc.uint8Array({ minLength: 1, maxLength: 6 }),
  fc
    .constantFrom(
      '0',
      '-1',
      '99999999999',
      '<<',
      '>>',
      '[',
      ']',
      '(',
      ')',
      '/Kids',
      '/Parent',
      '/Prev',
      ' 0 R',
    )
    .map((word) => new TextEncoder().encode(word)),
);
const hits = fc.array(fc.tuple(place, words), { minLength: 1, maxLength: 10 });
const cut = fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: place });

it.each([
  ['packed', packed],
  ['in the clear', plain],
  ['encrypted', encrypted],
])('a damaged file is a form or a typed error: %s', async (_, file) => {
  await fc.assert(
    fc.asyncProperty(hits, cut, async (changes, share) => {
      const broken = file.slice();
      for (const [at, word] of changes) broken.set(word, Math.floor(at * (broken.length - word.length)));
      expect(['read', 'refused']).toContain(
        await outcomeOf(broken.subarray(0, Math.floor(share * broken.length))),
      );
    }),
    { numRuns: RUNS },
  );
});

it('noise after the header is refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (noise) => {
      const bytes = Uint8Array.from([...new TextEncoder().encode('%PDF-1.7\n'), ...noise]);
      expect(await outcomeOf(bytes)).toBe('refused');
    }),
    { numRuns: RUNS },
  );
});
