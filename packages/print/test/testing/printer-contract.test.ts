import { runContract, type DeviceUnderTest, simulatedSubject } from '@buergerkoffer/core/testing';
import { defer, filter, map, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import type { PrintDocument, PrintEvent, Printer, PrintOptions } from '@buergerkoffer/print';
import { simulatedPrinter } from '@buergerkoffer/print/simulator';
import { PRINTER_CONTRACT } from '@buergerkoffer/print/testing';

function simulator(): DeviceUnderTest<Printer> {
  return simulatedSubject(simulatedPrinter({ paceMs: 1 }));
}

type Print = (good: Printer, document: PrintDocument, options: PrintOptions) => Observable<PrintEvent>;

/** The names of the promises that a printer breaks which prints like this. */
async function violations(print: Print): Promise<readonly string[]> {
  const results = await runContract(PRINTER_CONTRACT, () => {
    const good = simulator();
    return {
      ...good,
      open: async (signal) => {
        const printer = await good.open(signal);
        return {
          info: printer.info,
          capabilities: printer.capabilities,
          ended: printer.ended,
          status: (asked) => printer.status(asked),
          print: (document, options) => print(printer, document, options),
          clearJobs: (asked) => printer.clearJobs(asked),
          close: () => printer.close(),
        };
      },
    };
  });
  return results.filter(({ outcome }) => outcome === 'broken').map(({ name }) => name);
}

describe('PRINTER_CONTRACT', () => {
  it.each(PRINTER_CONTRACT)('is kept by the simulator: $name', async ({ run }) => {
    await run(simulator());
  });

  it('catches a printer that prints every attempt anew', async () => {
    const names = await violations((good, document, options) =>
      defer(() =>
        good.print(
          document,
          /^[0-9a-f-]{36}$/.test(options.jobUuid) ? { ...options, jobUuid: crypto.randomUUID() } : options,
        ),
      ),
    );
    expect(names).toEqual([
      'the same job sent again is the same job, and is done',
      'another document under the same job identity is refused',
      'a cancelled job is not begun anew when it is sent again (it may have been quicker than the cancelling)',
      'a job whose printer vanished in the middle is the same job when it is sent again',
    ]);
  });

  it('catches a printer that takes any paper for A4', async () => {
    const names = await violations((good, document, { media: _any, ...options }) =>
      good.print(document, options),
    );
    expect(names).toEqual(['what the printer cannot do is refused before it is sent']);
  });

  it('catches a printer that does not tell of queueing, and one that counts wrongly', async () => {
    const silent = await violations((good, document, options) =>
      good.print(document, options).pipe(filter(({ type }) => type !== 'queued')),
    );
    expect(silent).toContain('a job is queued first, its pages count upwards, and done is the last word');
    const stuck = await violations((good, document, options) =>
      good
        .print(document, options)
        .pipe(map((event) => (event.type === 'printing' ? { ...event, page: 1 } : event))),
    );
    expect(stuck).toContain('a job is queued first, its pages count upwards, and done is the last word');
  });
});
