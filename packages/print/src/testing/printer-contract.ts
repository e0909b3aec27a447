import { withDeadline } from '@buergerkoffer/core';
import type { Fault } from '@buergerkoffer/core/simulation';
import {
  collect,
  deviceContract,
  expectFailure,
  expectThat,
  PATIENCE_MS,
  withDevice,
  type ContractCase,
} from '@buergerkoffer/core/testing';
import { take, tap, type Observable } from 'rxjs';
import type { PrintDocument, Printer, PrintEvent, PrintOptions } from '../printer.js';
import { testPages } from '../synthesis/test-pages.js';

const DOCUMENT: PrintDocument = { bytes: testPages(2), mediaType: 'application/pdf' };

/** What every printer that takes PDF promises. On a real one the suite uses about twenty sheets of paper. */
export const PRINTER_CONTRACT: readonly ContractCase<Printer>[] = [
  ...deviceContract<Printer>('print', (printer) => print(printer, fresh())),
  {
    name: 'a job is queued first, its pages count upwards, and done is the last word',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        expectOrder(await collect(print(printer, fresh())));
      }),
  },
  {
    name: 'the same job sent again is the same job, and is done',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        const options = fresh();
        const first = await collect(print(printer, options));
        const again = await collect(print(printer, options));
        expectSameJob(first, again);
        expectThat(again.at(-1)?.type === 'done', 'a job that was printed is not done when it is sent again');
      }),
  },
  {
    name: 'another document under the same job identity is refused',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        const options = fresh();
        await collect(print(printer, options));
        const other: PrintDocument = { ...DOCUMENT, bytes: testPages(1) };
        await expectFailure(printer.print(other, options), 'invalid-request');
      }),
  },
  {
    name: 'what the printer cannot do is refused before it is sent',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        const exotic: PrintDocument = { bytes: DOCUMENT.bytes, mediaType: 'application/x-nothing' };
        await expectFailure(printer.print(exotic, fresh()), 'unsupported');
        await expectFailure(print(printer, { ...fresh(), media: 'custom_stamp_10x10mm' }), 'unsupported');
      }),
  },
  {
    name: 'values that cannot be meant are refused before they are sent',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        await expectFailure(print(printer, { jobUuid: 'job 1' }), 'invalid-request');
        await expectFailure(print(printer, { ...fresh(), copies: 0 }), 'invalid-request');
        await expectFailure(
          printer.print({ ...DOCUMENT, bytes: new Uint8Array() }, fresh()),
          'invalid-request',
        );
      }),
  },
  {
    name: 'a cancelled job is not begun anew when it is sent again (it may have been quicker than the cancelling)',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        const options = fresh();
        const cancelled = await collect(print(printer, options).pipe(take(1)));
        expectThat(cancelled[0]?.type === 'queued', 'the first event is not queued');
        const again = await collect(print(printer, options));
        expectSameJob(cancelled, again);
        const end = again.at(-1)?.type;
        expectThat(end === 'canceled' || end === 'done', `the cancelled job ends with ${end}`);
      }),
  },
  {
    name: 'the state can be asked for while a job is printed',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        let asked: Promise<{ readonly state: string }> | undefined;
        await collect(
          print(printer, fresh()).pipe(
            tap(() => {
              asked ??= printer.status();
            }),
          ),
        );
        const status = await withDeadline('the status', PATIENCE_MS, () => asked ?? printer.status());
        expectThat(status.state === 'processing', `the state of a printing printer is ${status.state}`);
      }),
  },
  {
    name: 'nothing of its own jobs is left to print when they are cleared away',
    run: (subject) =>
      withDevice(subject, async (printer) => {
        const options = fresh();
        await collect(print(printer, options));
        const { canceled } = await printer.clearJobs();
        expectThat(canceled === 0, 'a job that was printed is said to have been cancelled');
        const again = await collect(print(printer, options));
        expectThat(again.at(-1)?.type === 'done', 'a job that was printed and cleared away is begun anew');
      }),
  },
  ...attentionCases(),
  {
    name: 'a printer that falls silent is a timeout',
    needs: ['fault'],
    run: (subject) =>
      withDevice(subject, async (printer) => {
        subject.fault?.('print', { type: 'time-out' });
        await expectFailure(print(printer, { ...fresh(), patienceMs: 100 }), 'timeout');
      }),
  },
  {
    name: 'a job whose printer vanished in the middle is the same job when it is sent again',
    needs: ['fault', 'unplug'],
    run: async (subject) => {
      const options = fresh();
      let before: readonly PrintEvent[] = [];
      await withDevice(subject, async (printer) => {
        subject.fault?.('print', { type: 'vanish' });
        const events: PrintEvent[] = [];
        await expectFailure(print(printer, options).pipe(tap((event) => events.push(event))), 'lost');
        before = events;
      });
      await subject.plug?.();
      await withDevice(subject, async (printer) => {
        expectSameJob(before, await collect(print(printer, options)));
      });
    },
  },
];

function attentionCases(): readonly ContractCase<Printer>[] {
  const cases: readonly (readonly [Fault, string])[] = [
    [{ type: 'paper-out' }, 'media-empty'],
    [{ type: 'jam' }, 'media-jam'],
  ];
  return cases.map(([fault, reason]) => ({
    name: `${fault.type} asks for a hand (${reason}) and the job goes on by itself afterwards`,
    needs: ['fault'] as const,
    run: (subject) =>
      withDevice(subject, async (printer) => {
        subject.fault?.('print', fault);
        const events = await collect(
          print(printer, fresh()).pipe(
            tap((event) => {
              if (event.type === 'attention') subject.clear?.();
            }),
          ),
        );
        const asked = events.find((event) => event.type === 'attention');
        expectThat(asked?.reason === reason, `${fault.type} asks for a hand because of ${asked?.reason}`);
        expectOrder(events);
      }),
  }));
}

function print(printer: Printer, options: PrintOptions): Observable<PrintEvent> {
  return printer.print(DOCUMENT, options);
}

function fresh(): PrintOptions {
  return { jobUuid: crypto.randomUUID() };
}

function expectOrder(events: readonly PrintEvent[]): void {
  expectThat(events[0]?.type === 'queued', `the first event is ${events[0]?.type}`);
  const pages = events.flatMap((event) => (event.type === 'printing' ? [event.page] : []));
  expectThat(
    pages.every((page, index) => page > (pages[index - 1] ?? 0)),
    `pages come in the order ${pages.join(', ')}`,
  );
  const last = events.at(-1);
  expectThat(last?.type === 'done', `the last event is ${last?.type}`);
  expectThat(last.pages === 2 || last.pages === 'unknown', `of two pages ${last.pages} were printed`);
}

function expectSameJob(first: readonly PrintEvent[], again: readonly PrintEvent[]): void {
  const [one, two] = [first, again].map((events) => events.find((event) => event.type === 'queued')?.jobId);
  expectThat(one !== undefined && one === two, `the job had the id ${one}, sent again it has ${two}`);
}
