import { lastValueFrom, take, tap, toArray, type Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PrintDocument, PrintEvent, Printer, PrintOptions } from '@buergerkoffer/print';
import { simulatedPrinter, testPages } from '@buergerkoffer/print/simulator';
import type { Fault } from '@buergerkoffer/core/simulation';

const LETTER: PrintDocument = { bytes: testPages(3), mediaType: 'application/pdf' };
const job = (digit: number): PrintOptions => ({ jobUuid: `0000000${digit}-0000-4000-8000-000000000000` });
const all = (events: Observable<PrintEvent>): Promise<readonly PrintEvent[]> =>
  lastValueFrom(events.pipe(toArray()));
const types = (events: readonly PrintEvent[]): readonly string[] => events.map(({ type }) => type);

function printerWith(fault?: Fault): ReturnType<typeof simulatedPrinter> {
  return simulatedPrinter({ paceMs: 0, faults: fault === undefined ? [] : [{ operation: 'print', fault }] });
}

async function untilError(printer: Printer, options: PrintOptions): Promise<unknown> {
  return all(printer.print(LETTER, options)).catch((error: unknown) => error);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('simulatedPrinter', () => {
  it('prints page by page and keeps what it printed, under a name without personal data', async () => {
    const simulated = printerWith();
    const printer = await simulated.open();
    const events = await all(printer.print(LETTER, { ...job(1), copies: 2 }));
    expect(types(events)).toEqual(['queued', ...Array<string>(6).fill('printing'), 'done']);
    expect(events.at(-1)).toEqual({ type: 'done', pages: 6 });
    expect(simulated.printed).toEqual([
      expect.objectContaining({
        bytes: LETTER.bytes,
        jobUuid: job(1).jobUuid,
        jobName: 'buergerkoffer-00000001',
        copies: 2,
        pages: 6,
        outcome: 'complete',
      }),
    ]);
  });

  it('prints once what vanished in the middle and is sent again after it was plugged in', async () => {
    const simulated = printerWith({ type: 'vanish' });
    expect(await untilError(await simulated.open(), job(1))).toMatchObject({ code: 'lost' });
    simulated.plug();
    const again = await all((await simulated.open()).print(LETTER, job(1)));
    expect(types(again)).toEqual(['queued', 'done']);
    expect(simulated.printed).toHaveLength(1);
  });

  it.each<Fault>([{ type: 'stall' }, { type: 'time-out' }])(
    'prints once after a line that failed with $type',
    async (fault) => {
      const simulated = printerWith(fault);
      const printer = await simulated.open();
      const code = fault.type === 'stall' ? 'protocol' : 'timeout';
      expect(await untilError(printer, { ...job(1), patienceMs: 50 })).toMatchObject({ code });
      expect(types(await all(printer.print(LETTER, job(1))))).toEqual(['queued', 'done']);
      expect(simulated.printed).toHaveLength(1);
    },
  );

  it.each([
    [{ type: 'paper-out' }, 'media-empty', []],
    [{ type: 'jam' }, 'media-jam', ['iso_a4_210x297mm']],
  ] as const)(
    'stops for %j until a hand has helped, and says so in its status',
    async (fault, reason, mediaReady) => {
      const simulated = printerWith(fault);
      const printer = await simulated.open();
      const statuses: unknown[] = [];
      const events = await all(
        printer.print(LETTER, job(1)).pipe(
          tap((event) => {
            if (event.type !== 'attention') return;
            void printer.status().then((status) => {
              statuses.push(status);
              simulated.faults.clear();
            });
          }),
        ),
      );
      expect(types(events)).toEqual(['queued', 'printing', 'attention', 'printing', 'printing', 'done']);
      expect(statuses).toEqual([
        expect.objectContaining({
          state: 'stopped',
          reasons: [{ stem: reason, severity: 'error' }],
          mediaReady,
        }),
      ]);
      expect((await printer.status()).state).toBe('idle');
    },
  );

  it('is out of patience when nobody brings paper, and goes on from there when the job is sent again', async () => {
    const simulated = printerWith({ type: 'paper-out' });
    const printer = await simulated.open();
    expect(await untilError(printer, { ...job(1), patienceMs: 30 })).toMatchObject({ code: 'attention' });
    expect(simulated.printed).toHaveLength(0);
    const again = all(
      printer.print(LETTER, job(1)).pipe(
        tap(() => {
          simulated.faults.clear();
        }),
      ),
    );
    expect((await again).at(-1)).toEqual({ type: 'done', pages: 3 });
    expect(simulated.printed).toHaveLength(1);
  });

  it('finishes a job alone when paper comes after the application has gone', async () => {
    const simulated = printerWith({ type: 'paper-out' });
    const printer = await simulated.open();
    const failed = untilError(printer, job(1));
    await vi.waitFor(async () => {
      expect((await printer.status()).state).toBe('stopped');
    });
    simulated.unplug();
    expect(await failed).toMatchObject({ code: 'lost' });
    expect(simulated.printed).toHaveLength(0);
    simulated.faults.clear();
    await vi.waitFor(() => {
      expect(simulated.printed).toHaveLength(1);
    });
  });

  it('cancels when nobody listens any more, and keeps the pages that were out', async () => {
    const simulated = printerWith();
    const printer = await simulated.open();
    await all(printer.print(LETTER, job(1)).pipe(take(2)));
    expect(simulated.printed).toEqual([expect.objectContaining({ pages: 1, outcome: 'partial' })]);
    expect(await all(printer.print(LETTER, job(1)))).toEqual([
      expect.objectContaining({ type: 'queued' }),
      { type: 'canceled', pages: 1 },
    ]);
    expect(simulated.printed).toHaveLength(1);
  });

  it('prints another job after it', async () => {
    const simulated = printerWith();
    const printer = await simulated.open();
    await all(printer.print(LETTER, job(1)));
    await all(printer.print(LETTER, job(2)));
    const [first, second] = simulated.printed.map(({ jobId }) => jobId);
    expect(second).toBe((first ?? 0) + 1);
  });

  it('checks against its capabilities before anything is queued', async () => {
    const simulated = simulatedPrinter({ paceMs: 0, capabilities: { color: false, sides: ['one-sided'] } });
    const printer = await simulated.open();
    for (const wish of [
      { color: 'color' },
      { sides: 'two-sided-long-edge' },
      { media: 'na_letter_8.5x11in' },
    ] as const) {
      await expect(all(printer.print(LETTER, { ...job(1), ...wish }))).rejects.toMatchObject({
        code: 'unsupported',
      });
    }
    expect(types(await all(printer.print(LETTER, job(1))))[0]).toBe('queued');
  });

  it('says that a document is no PDF without repeating what is in it', async () => {
    const printer = await simulatedPrinter().open();
    const secret = { bytes: new TextEncoder().encode('KANARIENVOGEL'), mediaType: 'application/pdf' };
    const error: unknown = await all(printer.print(secret, job(1))).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'invalid-request' });
    expect(JSON.stringify(error)).not.toContain('KANARIENVOGEL');
  });

  it('refuses faults that a printer cannot have', () => {
    const unsupported = expect.objectContaining({ code: 'unsupported' }) as Error;
    expect(() => printerWith({ type: 'retry', times: 1 })).toThrow(unsupported);
    const faults = [{ operation: 'staple', fault: { type: 'jam' } }] as const;
    expect(() => simulatedPrinter({ faults })).toThrow(unsupported);
  });

  it('does not keep a caller waiting for a status that never comes', async () => {
    vi.useFakeTimers();
    const faults = [{ operation: 'status', fault: { type: 'time-out' } }] as const;
    const printer = await simulatedPrinter({ faults }).open();
    const status = printer.status().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await status).toMatchObject({ code: 'timeout' });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('loses a status that is under way when the plug is pulled', async () => {
    const faults = [{ operation: 'status', fault: { type: 'vanish' } }] as const;
    const printer = await simulatedPrinter({ faults }).open();
    await expect(printer.status()).rejects.toMatchObject({ code: 'lost' });
  });

  it('has the same toner and job ids for the same seed', async () => {
    const levels = await Promise.all(
      [5, 5, 6].map(async (seed) =>
        JSON.stringify((await (await simulatedPrinter({ seed }).open()).status()).supplies),
      ),
    );
    expect(levels[0]).toBe(levels[1]);
    expect(levels[2]).not.toBe(levels[0]);
  });
});
