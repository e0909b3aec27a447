import { describe, expect, it } from 'vitest';
import { endJob } from '../../src/jobs/end-job.js';
import type { PrinterJob } from '../../src/jobs/printer-job.js';

const RUNNING: PrinterJob = {
  id: 7,
  name: undefined,
  state: 'processing',
  reasons: ['job-printing'],
  impressionsCompleted: 0,
  impressions: undefined,
  kOctets: undefined,
  documents: 1,
};

/** A printer that answers to looks with these jobs, one after the other, and counts what it is told. */
function desk(...looks: readonly (PrinterJob | undefined)[]) {
  const waiting = [...looks];
  let cancels = 0;
  return {
    cancel: () => {
      cancels += 1;
      return Promise.resolve(true);
    },
    find: () => Promise.resolve(waiting.shift()),
    get cancels() {
      return cancels;
    },
  };
}

const forever = new AbortController().signal;

describe('a job that is to end', () => {
  it.each<[string, PrinterJob | undefined]>([
    ['has ended', { ...RUNNING, state: 'canceled' }],
    ['is forgotten', undefined],
    ['is being ended', { ...RUNNING, reasons: ['processing-to-stop-point'] }],
  ])('is cancelled once where it %s', async (_, look) => {
    const printer = desk(look);
    await endJob(printer, 7, forever);
    expect(printer.cancels).toBe(1);
  });

  it('is cancelled again where the printer prints it all the same', async () => {
    const printer = desk(RUNNING, { ...RUNNING, state: 'canceled' });
    await endJob(printer, 7, forever);
    expect(printer.cancels).toBe(2);
  });

  it('is left to a printer that does not listen', async () => {
    const printer = desk(...Array.from({ length: 9 }, () => RUNNING));
    await endJob(printer, 7, forever);
    expect(printer.cancels).toBe(5);
  });

  it('that had ended before is not asked for', async () => {
    const gone = { cancel: () => Promise.resolve(false), find: () => Promise.reject(new Error('asked')) };
    await expect(endJob(gone, 7, forever)).resolves.toBeUndefined();
  });

  it('is given up with the patience of whoever waits', async () => {
    const printer = desk(RUNNING, RUNNING);
    const patience = new AbortController();
    const ending = endJob(printer, 7, patience.signal);
    patience.abort(new Error('too late'));
    await expect(ending).rejects.toThrow('too late');
  });
});
