import { tap } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import { memoryJournal } from '@buergerkoffer/print';
import type { LineFault, SimulatedIppPrinterOptions } from '@buergerkoffer/print/simulator';
import { DOCUMENT, eventsOf, failureOf, fresh, PrinterBench, typesOf } from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

const WAYS: readonly (readonly [string, SimulatedIppPrinterOptions])[] = [
  ['job and document apart', {}],
  [
    'job and document at once',
    {
      operations: [
        'Print-Job',
        'Validate-Job',
        'Cancel-Job',
        'Get-Job-Attributes',
        'Get-Jobs',
        'Get-Printer-Attributes',
      ],
    },
  ],
];

/** Each place where the line can be cut, by the operations of each way. */
const OPERATIONS = {
  'job and document apart': ['Get-Jobs', 'Validate-Job', 'Create-Job', 'Send-Document', 'Get-Job-Attributes'],
  'job and document at once': ['Get-Jobs', 'Validate-Job', 'Print-Job', 'Get-Job-Attributes'],
} as const;
const PLACES = ['request', 'answer', 'half-answer'] as const;

describe.each(WAYS)('a line that is cut, %s', (way, options) => {
  const faults = Object.entries(OPERATIONS)
    .filter(([name]) => name === way)
    .flatMap(([, operations]) =>
      operations.flatMap((operation) =>
        PLACES.map((at): LineFault & { readonly type: 'cut' } => ({ operation, type: 'cut', at })),
      ),
    );

  it.each(faults)('prints once: $operation, $at', async (fault) => {
    await using bench = await PrinterBench.with(options);
    const journal = memoryJournal();
    const printer = await bench.open({ journal });
    bench.printer.line.plan(fault);
    const job = fresh();
    const first = await eventsOf(printer.print(DOCUMENT, job)).catch((error: unknown) => error);
    // Print-Job that was cut before it was read: nobody can know that, so a person has to look.
    if (way === 'job and document at once' && fault.operation === 'Print-Job' && fault.at === 'request') {
      expect(first).toMatchObject({ code: 'lost' });
      expect(bench.printer.printed).toHaveLength(0);
    } else {
      expect(typesOf(first as never).at(-1)).toBe('done');
      expect(bench.printer.printed).toHaveLength(1);
    }
    await eventsOf(printer.print(DOCUMENT, job)).catch(() => undefined);
    expect(bench.printer.printed.length).toBeLessThanOrEqual(1);
  });
});

describe('a line that is cut in the middle of the document', () => {
  it('is an error where the printer printed what it had of it, however often it is asked', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    bench.printer.line.plan({ operation: 'Send-Document', type: 'cut', at: 'document' });
    const job = fresh();
    for (const _ of [1, 2]) {
      expect(await failureOf(printer.print(DOCUMENT, job))).toMatchObject({ code: 'lost' });
    }
    expect(bench.printer.printed).toHaveLength(1);
  });

  it.each(['document', 'answer'] as const)(
    'is left to a person where the printer counts nothing: cut at the %s',
    async (at) => {
      await using bench = await PrinterBench.with({ counts: false });
      const printer = await bench.open();
      bench.printer.line.plan({ operation: 'Send-Document', type: 'cut', at });
      const job = fresh();
      for (const _ of [1, 2]) {
        expect(await failureOf(printer.print(DOCUMENT, job))).toMatchObject({
          code: 'lost',
          remedy: expect.stringContaining('count the pages') as string,
        });
      }
      expect(bench.printer.printed).toHaveLength(1);
    },
  );

  it('begins anew, once, where the printer still waits for the document', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    bench.printer.line.plan({ operation: 'Send-Document', type: 'cut', at: 'request' });
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    expect(bench.printer.printed).toHaveLength(1);
    expect(bench.printer.jobs.map(({ state }) => state)).toEqual(['canceled', 'completed']);
  });
});

describe('a job that two processes print at the same moment', () => {
  it('comes out once, and both hear of it', async () => {
    await using bench = await PrinterBench.with({ paceMs: 50 });
    const [one, other] = [await bench.open(), await bench.open()];
    const job = fresh();
    const both = await Promise.allSettled([one, other].map((each) => eventsOf(each.print(DOCUMENT, job))));
    expect(bench.printer.printed).toHaveLength(1);
    const ends = both.map((each) => (each.status === 'fulfilled' ? typesOf(each.value).at(-1) : 'error'));
    expect(ends).toContain('done');
  });
});

describe('a job whose process has ended', () => {
  it('is joined by another process with the same jobUuid, from where it stands', async () => {
    await using bench = await PrinterBench.with({ paceMs: 100 });
    const job = fresh();
    const first = await bench.open({ journal: memoryJournal() });
    const started = await failureOf(
      first.print(DOCUMENT, { ...job, patienceMs: 300 }).pipe(
        tap((event) => {
          if (event.type === 'queued')
            bench.printer.line.plan({ operation: 'Get-Job-Attributes', type: 'silence' });
        }),
      ),
    );
    expect(started).toMatchObject({ code: 'timeout' });
    const second = await bench.open({ journal: memoryJournal() });
    expect(typesOf(await eventsOf(second.print(DOCUMENT, job))).at(-1)).toBe('done');
    expect(bench.printer.printed).toHaveLength(1);
  });

  it('is not begun anew when the printer has forgotten it and the journal has not', async () => {
    await using bench = await PrinterBench.with({ paceMs: 50 });
    const printer = await bench.open();
    const job = fresh();
    const events = printer.print(DOCUMENT, job).pipe(
      tap((event) => {
        if (event.type === 'queued') bench.printer.restart();
      }),
    );
    expect(await failureOf(events)).toMatchObject({
      code: 'lost',
      remedy: expect.stringContaining('new jobUuid') as string,
    });
    expect(await failureOf(printer.print(DOCUMENT, job))).toMatchObject({ code: 'lost' });
    expect(bench.printer.printed).toHaveLength(0);
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
  });

  it('is done, without asking, when it was printed and the printer has forgotten it', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    const job = fresh();
    await eventsOf(printer.print(DOCUMENT, job));
    bench.printer.restart();
    expect(await eventsOf(printer.print(DOCUMENT, job))).toMatchObject([
      { type: 'queued' },
      { type: 'done', pages: 2 },
    ]);
    expect(bench.printer.printed).toHaveLength(1);
  });

  it('is not sent to a second printer while the first may have it', async () => {
    await using one = await PrinterBench.with({ seed: 1 });
    await using other = await PrinterBench.with({ seed: 2 });
    const journal = memoryJournal();
    const printer = await one.open({ journal });
    one.printer.stop('media-empty');
    const job = fresh();
    expect(await failureOf(printer.print(DOCUMENT, { ...job, patienceMs: 300 }))).toMatchObject({
      code: 'attention',
    });
    const second = await other.open({ journal });
    expect(await failureOf(second.print(DOCUMENT, job))).toMatchObject({ code: 'invalid-request' });
    expect(other.printer.printed).toHaveLength(0);
  });
});
