import { Command, Option } from 'commander';
import { fromEvent, lastValueFrom, takeUntil, tap, timer } from 'rxjs';
import {
  germanAttention,
  type ColorMode,
  type PrintDocument,
  type Printer,
  type PrintEvent,
  type PrintOptions,
  type Sides,
} from '@buergerkoffer/print';
import { folderJournal, pdftoppmRenderer } from '@buergerkoffer/print/node';
import { computerBuses, type Buses } from '../buses.js';
import type { Run } from '../command.js';
import { UsageError } from '../exit-code.js';
import { withGermanRemedy } from '../german-remedy.js';
import { interrupted } from '../interrupted.js';
import { wholeNumberOf } from '../numbers.js';
import type { Output } from '../output.js';
import { documentOf } from '../printer/document-of.js';
import { openPrinter } from '../printer/one-printer.js';
import { tellPassedOver } from '../printer/passed-over.js';
import { journalFolder, withTrust, type TrustOptions } from '../printer/printer-options.js';
import { readInput } from '../read-input.js';

const MOST_BYTES = 32 * 1024 * 1024;
/** How long the end of a cancelled job is waited for, in milliseconds. */
const CANCEL_MS = 5_000;

const HELP = `
Each job has an identity, --job-uuid; without one it is made and told. Printing again with the same joins the job, whatever
happened to the first attempt, and never prints twice: jobs are remembered under ~/.local/state/buergerkoffer/print-jobs (no
document, no name). Ctrl-C cancels the job at the printer. A printer that takes no PDF gets raster from pdftoppm
(Debian: poppler-utils).

Examples:
  $ koffer print form.pdf --printer ipp://192.168.1.2/ipp/print
  $ koffer print form.pdf --printer ipps://printer.local/ipp/print --pin 5f2a… --sides two-sided-long-edge --json
  $ koffer form render quittung --data quittung.json -o - | koffer print - --printer ipp://192.168.1.2/ipp/print`;

interface Options extends TrustOptions {
  readonly printer: string;
  readonly copies: number;
  readonly sides?: Sides;
  readonly media?: string;
  readonly color?: ColorMode;
  readonly jobUuid?: string;
  readonly format?: string;
  readonly wait: number;
  readonly journal?: string;
}

/** `koffer print`: prints a file, once. */
export function printCommand(run: Run, buses: () => Buses = computerBuses): Command {
  const command = new Command('print')
    .description('Print a file, once, and tell what happens to it')
    .argument('<file>', 'PDF, or what the printer takes; - for standard input')
    .requiredOption('--printer <printer>', 'ipp:// or ipps:// address, or a port of `koffer printer list`')
    .option('--copies <number>', '1 to 99', wholeNumberOf, 1)
    .addOption(
      new Option('--sides <sides>', 'default one-sided').choices([
        'one-sided',
        'two-sided-long-edge',
        'two-sided-short-edge',
      ]),
    )
    .option('--media <name>', 'name of PWG 5101.1, default iso_a4_210x297mm')
    .addOption(new Option('--color <mode>', 'default auto').choices(['auto', 'color', 'monochrome']))
    .option('--job-uuid <uuid>', 'identity of the job; the same joins it')
    .option('--format <mime>', 'MIME type of the file, where its beginning does not tell')
    .option(
      '--wait <seconds>',
      'longest silence of the printer, waiting for a hand included',
      wholeNumberOf,
      120,
    )
    .option('--journal <folder>', 'where jobs are remembered');
  return withTrust(command)
    .addHelpText('after', HELP)
    .action(
      run(async (output, file: string, options: Options) => {
        const { wait } = options;
        if (wait < 1 || wait > 3_600) throw new UsageError('--wait is 1 to 3600', 'see koffer print --help');
        const bytes = await readInput(file, MOST_BYTES, output.input);
        await withGermanRemedy(() => printBytes(output, buses, { file, bytes }, options));
      }),
    );
}

async function printBytes(
  output: Output,
  buses: () => Buses,
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
  options: Options,
): Promise<void> {
  const { printer, journal = journalFolder() } = options;
  const document = documentOf(bytes, options.format, file);
  const stop = interrupted(output.stop);
  const printing = { journal: folderJournal(journal), renderer: pdftoppmRenderer() };
  const lease = await openPrinter(buses, printer, options, stop, printing);
  tellPassedOver(output, lease);
  try {
    await printAndTell(output, lease.device, document, orderOf(options), stop);
  } finally {
    await lease.release();
  }
}

function orderOf({ jobUuid, copies, sides, media, color, wait }: Options): PrintOptions {
  return {
    jobUuid: jobUuid ?? crypto.randomUUID(),
    copies,
    patienceMs: wait * 1_000,
    ...(sides === undefined ? {} : { sides }),
    ...(media === undefined ? {} : { media }),
    ...(color === undefined ? {} : { color }),
  };
}

/** Tells every event. An interrupt cancels the job, and its end is told as well. */
async function printAndTell(
  output: Output,
  printer: Printer,
  document: PrintDocument,
  order: PrintOptions,
  stop: AbortSignal,
): Promise<void> {
  let last: PrintEvent | undefined;
  const tell = (event: PrintEvent): void => {
    if (last === undefined || event.type !== 'queued') tellEvent(output, event, order.jobUuid);
    last = event;
  };
  output.note(`job ${order.jobUuid}`);
  const print = () => printer.print(document, order).pipe(tap(tell));
  await lastValueFrom(print().pipe(takeUntil(fromEvent(stop, 'abort'))), { defaultValue: undefined });
  if (stop.aborted && last !== undefined && !isEnd(last)) {
    output.note('cancelling at the printer');
    // The job has begun, so that this joins it and begins none.
    await lastValueFrom(print().pipe(takeUntil(timer(CANCEL_MS))), { defaultValue: undefined });
  }
  if (last?.type !== 'done') output.judgeBad();
}

function isEnd({ type }: PrintEvent): boolean {
  return type === 'done' || type === 'canceled';
}

function tellEvent(output: Output, event: PrintEvent, jobUuid: string): void {
  const german = event.type === 'attention' ? germanAttention(event.reason) : undefined;
  output.answer({ ...event, jobUuid, ...(german === undefined ? {} : { german }) }, wordsOf(event));
}

function wordsOf(event: PrintEvent): readonly string[] {
  switch (event.type) {
    case 'queued':
      return [`the printer has it as job ${event.jobId}`];
    case 'printing':
      return [`page ${event.page}${event.of === 'unknown' ? '' : ` of ${event.of}`}`];
    case 'attention': {
      const { message, remedy } = germanAttention(event.reason);
      return [`${event.reason}: ${message}`, `  → ${remedy}`];
    }
    case 'done':
      return [`printed${event.pages === 'unknown' ? '' : `, ${event.pages} pages`}`];
    case 'canceled':
      return [`cancelled${event.pages === 'unknown' ? '' : ` after ${event.pages} pages`}`];
    default:
      return event satisfies never;
  }
}
