import { tap } from 'rxjs';
import { describe, expect, it, vi } from 'vitest';
import type { PrintDocument } from '@buergerkoffer/print';
import {
  DOCUMENT,
  eventsOf,
  failureOf,
  fresh,
  openPrinter,
  PrinterBench,
  typesOf,
} from '../support/printer-bench.js';

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 30_000 });

describe('an IPP printer', () => {
  it('is told A4, one side, the names of nobody, and the user under which it shows jobs', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    const { jobUuid } = fresh();
    await eventsOf(printer.print(DOCUMENT, { jobUuid }));
    expect(bench.printer.printed).toMatchObject([
      { media: 'iso_a4_210x297mm', sides: 'one-sided', copies: 1 },
    ]);
    expect(bench.printer.jobs).toMatchObject([
      {
        name: expect.stringMatching(
          new RegExp(`^buergerkoffer-${jobUuid.slice(0, 8)}-[0-9a-f]{12}$`),
        ) as string,
        user: 'buergerkoffer',
      },
    ]);
  });

  it('counts the pages of all copies', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    const events = await eventsOf(
      printer.print(DOCUMENT, { ...fresh(), copies: 3, sides: 'two-sided-long-edge' }),
    );
    expect(events.at(-1)).toEqual({ type: 'done', pages: 6 });
    expect(events.filter(({ type }) => type === 'printing').at(-1)).toEqual({
      type: 'printing',
      page: 6,
      of: 6,
    });
  });

  it('with its status: reasons that stop nothing, supplies, what lies in the trays', async () => {
    await using bench = await PrinterBench.with({
      supplies: [
        { type: 'waste', levelPercent: 80 },
        { type: 'ink', color: 'cyan', levelPercent: 'unknown' },
      ],
    });
    bench.printer.warn(['toner-low-warning']);
    const printer = await bench.open();
    expect(await printer.status()).toEqual({
      state: 'idle',
      acceptingJobs: true,
      reasons: [{ stem: 'toner-low', severity: 'warning' }],
      mediaReady: ['iso_a4_210x297mm'],
      supplies: [
        { type: 'waste', levelPercent: 80 },
        { type: 'ink', color: 'cyan', levelPercent: 'unknown' },
      ],
    });
  });

  it('that takes one job at a time is waited for, and is busy in the end', async () => {
    await using bench = await PrinterBench.with({ oneJobAtATime: true, paceMs: 100 });
    const [one, other] = [await bench.open(), await bench.open()];
    const first = eventsOf(one.print(DOCUMENT, fresh()));
    await vi.waitFor(() => {
      expect(bench.printer.jobs).toHaveLength(1);
    });
    expect(typesOf(await eventsOf(other.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    await first;
    bench.printer.stop('media-jam');
    eventsOf(one.print(DOCUMENT, fresh())).catch(() => undefined);
    await vi.waitFor(() => {
      expect(bench.printer.jobs).toHaveLength(3);
    });
    const job = { ...fresh(), patienceMs: 1_500 };
    expect(await failureOf(other.print(DOCUMENT, job))).toMatchObject({ code: 'busy' });
    bench.printer.clear();
    expect(typesOf(await eventsOf(other.print(DOCUMENT, job))).at(-1)).toBe('done');
  });

  it.each([
    [
      'takes no jobs',
      (bench: PrinterBench) => {
        bench.printer.accept(false);
      },
      'attention',
    ],
    [
      'answers garbage',
      (bench: PrinterBench) => {
        bench.printer.line.plan({ operation: 'Validate-Job', type: 'garbage' });
      },
      'protocol',
    ],
    [
      'gives the job up',
      (bench: PrinterBench) => {
        bench.printer.abortNext();
      },
      'attention',
    ],
    [
      'cannot read the document',
      (bench: PrinterBench) => {
        bench.printer.abortNext('document-format-error');
      },
      'unsupported',
    ],
    [
      'is stopped',
      (bench: PrinterBench) => {
        bench.printer.stop('cover-open');
      },
      'attention',
    ],
    [
      'never answers',
      (bench: PrinterBench) => {
        bench.printer.line.plan({ operation: 'Get-Jobs', type: 'silence' });
      },
      'timeout',
    ],
  ] as const)('that %s is an error with a code and a remedy, and prints nothing', async (_, fault, code) => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    fault(bench);
    const failure = await failureOf(printer.print(DOCUMENT, { ...fresh(), patienceMs: 500 }));
    expect(failure).toMatchObject({ code, remedy: expect.stringMatching(/./) as string });
    expect(bench.printer.printed).toEqual([]);
  });

  it('that answers garbage to the document is asked what it has, not sent it again', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    bench.printer.line.plan({ operation: 'Send-Document', type: 'garbage' });
    expect(typesOf(await eventsOf(printer.print(DOCUMENT, fresh()))).at(-1)).toBe('done');
    expect(bench.printer.printed).toHaveLength(1);
  });

  it('keeps nothing to print when the jobs are cleared away at the end of a case', async () => {
    await using bench = await PrinterBench.with();
    const printer = await bench.open();
    await eventsOf(printer.print(DOCUMENT, fresh()));
    bench.printer.stop('media-empty');
    await failureOf(printer.print(DOCUMENT, { ...fresh(), patienceMs: 200 }));
    expect(await printer.clearJobs()).toEqual({ canceled: 1, deleted: 0, left: 1 });
    bench.printer.clear();
    expect(bench.printer.printed).toHaveLength(1);
  });

  it('that is away for a moment goes on with the job', async () => {
    await using bench = await PrinterBench.with({ paceMs: 100 });
    const printer = await bench.open();
    const events = printer.print(DOCUMENT, fresh()).pipe(
      tap(({ type }) => {
        if (type !== 'queued') return;
        for (const _ of [1, 2, 3, 4])
          bench.printer.line.plan({ operation: 'Get-Job-Attributes', type: 'cut', at: 'request' });
      }),
    );
    expect(typesOf(await eventsOf(events)).at(-1)).toBe('done');
  });

  it('is no printer where something else answers', async () => {
    await using bench = await PrinterBench.with();
    bench.printer.line.plan({ operation: 'Get-Printer-Attributes', type: 'garbage' });
    await expect(bench.open()).rejects.toMatchObject({ code: 'protocol' });
    await expect(openPrinter(bench.uri.replace('/ipp/print', '/elsewhere'))).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  it('without a renderer refuses PDF where it takes raster only', async () => {
    await using bench = await PrinterBench.with({ capabilities: { documentFormats: ['image/pwg-raster'] } });
    const printer = await bench.open();
    const raster: PrintDocument = { bytes: new Uint8Array(8), mediaType: 'application/pdf' };
    expect(await failureOf(printer.print(raster, fresh()))).toMatchObject({ code: 'unsupported' });
  });
});
